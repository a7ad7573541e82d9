import { limits } from '@koreromai/contract';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { createOracle } from '../test/oracle.ts';
import { verdict } from '../test/refused.ts';
import type { Person, World } from '../test/world.ts';

const names = ['mia', 'tama', 'rangi'] as const;
type Name = (typeof names)[number];
const everyone = ['owner', ...names] as const;

const who = fc.constantFrom<Name>(...names);
const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('post' as const), who: fc.constantFrom(...everyone) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('add' as const, 'leave' as const, 'remove' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('read' as const), who: fc.constantFrom(...everyone) }) },
);

const idsOf = (frames: { frame: { type: string } }[], stream: string) =>
  frames.flatMap(({ frame }) =>
    'message' in frame && 'stream' in frame && frame.stream === stream ? [(frame.message as { id: string }).id] : [],
  );

/** Everything a replay from the beginning tells that person of a conversation's messages. */
async function replayed(world: World, person: Person, from: number, stream: string): Promise<string[]> {
  const feed = world.subscribe(person, from);
  await eventually('the replay ends', () => feed.frames.some((f) => f.frame.type === 'checkpoint'), { every: 1 });
  await feed.stop();
  return idsOf(feed.frames, stream);
}

eachDatabase('H3: whatever people do, all surfaces agree with the oracle', (dialect: Dialect) => {
  const cast = createCast(dialect, everyone);
  const runs = dialect === 'sqlite' ? 12 : 6;

  test(`list, get, last message, unread, replay and live feed, after every command of ${runs} scripts`, async () => {
    let commands = 0;
    let cells = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 8, maxLength: 20 }), async (script) => {
        const start = await cast.world.services.log.head();
        const { id } = await cast.world.group(cast.owner, [cast.mia, cast.tama, cast.rangi]);
        const oracle = createOracle(everyone);
        const feeds = new Map(everyone.map((name) => [name, cast.world.subscribe(cast[name], start)]));
        for (const step of script) {
          commands++;
          const { api, id: userId } = cast[step.who];
          if (step.does === 'post') {
            const messageId = crypto.randomUUID();
            const expected = oracle.post(step.who, messageId);
            expect(await verdict(api.messages.post({ conversationId: id, id: messageId, text: `${step.who} says` }))).toBe(expected);
          } else if (step.does === 'read') {
            const newest = (await api.messages.list({ conversationId: id, limit: 1 }).catch(() => null))?.items[0];
            if (newest) await api.reads.mark({ conversationId: id, seq: newest.seq });
            oracle.read(step.who);
          } else if (step.does === 'leave') {
            await api.conversations.leave({ conversationId: id });
            oracle.out(step.who);
          } else if (step.does === 'add') {
            await cast.owner.api.members.add({ conversationId: id, person: userId });
            oracle.in(step.who);
          } else {
            const done = await verdict(cast.owner.api.members.remove({ conversationId: id, userId }));
            expect(done).toBe(oracle.remove(step.who));
          }
          for (const name of everyone) {
            const seen = oracle.sees(name);
            const person = cast[name];
            cells++;
            if (seen === null) {
              expect(await verdict(person.api.conversations.get({ conversationId: id }))).toBe('NOT_FOUND');
              expect(await verdict(person.api.messages.list({ conversationId: id }))).toBe('NOT_FOUND');
            } else {
              const [asc, desc, view] = await Promise.all([
                person.api.messages.list({ conversationId: id, order: 'asc', limit: 100 }),
                person.api.messages.list({ conversationId: id, limit: 100 }),
                person.api.conversations.get({ conversationId: id }),
              ]);
              expect(asc.items.map((m) => m.id)).toEqual(seen);
              expect(desc.items.map((m) => m.id)).toEqual(seen.toReversed());
              expect({ last: view.lastMessage?.id ?? null, unread: view.unreadCount }).toEqual({
                last: seen.at(-1) ?? null,
                unread: Math.min(oracle.unread(name), limits.unreadCap + 1),
              });
            }
            expect(await replayed(cast.world, person, start, id)).toEqual(seen ?? []);
            const newest = oracle.said.at(-1);
            if (newest)
              expect(await verdict(person.api.messages.get({ messageId: newest }))).toBe(seen?.includes(newest) ? 'done' : 'NOT_FOUND');
          }
        }
        for (const [name, feed] of feeds) {
          await eventually(`${name} heard all`, () => idsOf(feed.frames, id).length >= oracle.heard(name).length, { every: 2 });
          await feed.stop();
          expect(idsOf(feed.frames, id)).toEqual(oracle.heard(name));
        }
      }),
      { numRuns: runs },
    );
    process.stdout.write(`H3 [${dialect}]: ${runs} scripts, ${commands} commands, ${cells} views compared\n`);
    expect(cells).toBeGreaterThan(runs * 8);
  });
});
