import { bytesOf } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { createSearchOracle } from './test/oracle.ts';
import { silently } from './test/silently.ts';

const names = ['owner', 'mia', 'tama', 'rangi'] as const;
type Name = (typeof names)[number];
const words = ['kereru', 'tui', 'moa'] as const;

const text = fc.uniqueArray(fc.constantFrom(...words), { minLength: 1 }).map((some) => some.join(' '));
const who = fc.constantFrom<Name>(...names);
const which = fc.nat({ max: 9 });
const command = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('post' as const), who, text, which }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('edit' as const, 'delete' as const, 'hide' as const), who, text, which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constantFrom('leave' as const, 'add' as const),
      who: fc.constantFrom<Name>('mia', 'tama', 'rangi'),
      text,
      which,
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('clear' as const), who, text, which }) },
);

eachDatabase('H3, C6: whatever people do, each finds what the oracle says', (dialect: Dialect) => {
  const cast = createCast(dialect, names);
  const runs = dialect === 'sqlite' ? 15 : 8;

  test(`after every command of ${runs} scripts, and never more while the index lags`, async () => {
    let [commands, cells, hits] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 8, maxLength: 20 }), async (script) => {
        const { id } = await cast.world.group(cast.owner, [cast.mia, cast.tama, cast.rangi]);
        const oracle = createSearchOracle(names);
        const find = async (name: Name, ...some: string[]) =>
          oracle.inside(name)
            ? (await cast[name].api.search.messages({ q: some.map((w) => `"${w}"`).join(' '), in: id, limit: 100 })).items.map((m) => m.id)
            : [];
        const everywhere = async (name: Name, word: string) =>
          (await cast[name].api.search.messages({ q: word, limit: 100 })).items.flatMap((m) => (m.conversationId === id ? [m.id] : []));
        const wordless = async (name: Name, by: Name) =>
          (await cast[name].api.search.messages({ from: cast[by].id, limit: 100 })).items.flatMap((m) =>
            m.conversationId === id ? [m.id] : [],
          );

        for (const step of script) {
          commands++;
          cast.world.clock.now += 1_000;
          const { api, id: userId } = cast[step.who];
          const some = step.does === 'edit' || step.does === 'delete' ? oracle.own(step.who) : oracle.visible(step.who);
          const target = some[step.which % Math.max(1, some.length)];
          if (step.does === 'post' && oracle.inside(step.who) && oracle.seats() > 1) {
            const messageId = crypto.randomUUID();
            await api.messages.post({ conversationId: id, id: messageId, text: step.text });
            oracle.post(step.who, messageId, step.text);
          } else if (step.does === 'edit' && target) {
            await api.messages.edit({ messageId: target.id, text: step.text });
            oracle.edit(target.id, step.text);
          } else if (step.does === 'delete' && target) {
            await api.messages.delete({ messageId: target.id });
            oracle.remove(target.id);
          } else if (step.does === 'hide' && target) {
            await api.messages.delete({ messageId: target.id, for: 'me' });
            oracle.hide(step.who, target.id);
          } else if (step.does === 'leave') {
            await api.conversations.leave({ conversationId: id });
            oracle.out(step.who);
          } else if (step.does === 'add') {
            await cast.owner.api.members.add({ conversationId: id, person: userId });
            oracle.in(step.who);
          } else if (step.does === 'clear' && oracle.inside(step.who)) {
            const { seq } = await api.conversations.get({ conversationId: id });
            const row = { user_id: bytesOf(userId), conversation_id: bytesOf(id), cleared_seq: seq };
            await cast.world.services.lane.change(silently, (draft) => draft.insert('member_state', row, { set: ['cleared_seq'] }));
            oracle.clear(step.who);
          }
          for (const name of names) {
            for (const word of words) {
              cells++;
              const right = oracle.finds(name, word);
              const early = await find(name, word);
              expect(
                early.filter((found) => !right.includes(found)),
                'nothing too much while it lags',
              ).toEqual([]);
            }
          }
          await cast.world.services.caughtUp();
          for (const name of names) {
            for (const word of words) {
              const right = oracle.finds(name, word);
              hits += right.length;
              expect(await find(name, word)).toEqual(right);
              expect(await everywhere(name, word)).toEqual(right);
            }
            expect(await find(name, 'tui', 'moa')).toEqual(oracle.finds(name, 'tui', 'moa'));
            expect(await wordless(name, step.who), 'without words, by who said it').toEqual(oracle.findsOf(name, step.who));
          }
        }
      }),
      { numRuns: runs },
    );
    process.stdout.write(`search [${dialect}]: ${runs} scripts, ${commands} commands, ${cells} cells, ${hits} messages found\n`);
    expect(Math.min(cells, hits)).toBeGreaterThan(runs * 20);
  });
});
