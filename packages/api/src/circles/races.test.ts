import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { anotherProcess } from '../test/process.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';

const rounds = 200;

eachDatabase('circles and roles under fire', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'owner', 'a', 'b']);

  /** Comes after so many reads of its own, so that now one and now the other is first. */
  async function after<T>(reads: number, who: Person, conversationId: string, go: () => Promise<T>): Promise<T> {
    for (let i = 0; i < reads; i++) await who.api.conversations.get({ conversationId });
    return go();
  }

  test(`B1: a post and a block at once have one order, ${rounds} times: nothing is said after the block`, async () => {
    const { world, mia, tama } = cast;
    await using other = await anotherProcess(world);
    const { id } = await world.direct(mia, tama);
    const seen = { before: 0, refused: 0 };
    for (let round = 0; round < rounds; round++) {
      const blocker = dialect === 'mysql' && round % 2 ? other.as(mia) : mia.api;
      const since = await world.services.log.head();
      const post = () => verdict(tama.api.messages.post({ conversationId: id, text: `${round}` }));
      const block = () => blocker.blocks.add({ userId: tama.id });
      const [said] = await Promise.all([after(round % 4, tama, id, post), block()]);
      const order = (await world.services.log.everything(since, 100)).map((e) => e.type);
      expect(order, `round ${round}`).toEqual(said === 'done' ? ['message.created', 'block.changed'] : ['block.changed']);
      expect(['done', 'CANNOT_MESSAGE']).toContain(said);
      seen[said === 'done' ? 'before' : 'refused']++;
      expect(await post()).toBe('CANNOT_MESSAGE');
      await mia.api.blocks.remove({ userId: tama.id });
    }
    process.stdout.write(`B1 block against post [${dialect}]: ${rounds} rounds, ${seen.before} said before, ${seen.refused} refused\n`);
  });

  test(`M9, C10: a transfer and the heir's or the owner's leaving at once leave one owner, ${rounds} times`, async () => {
    const { world, owner, a, b } = cast;
    await using other = await anotherProcess(world);
    const seen = { transferred: 0, refused: 0 };
    for (let round = 0; round < rounds; round++) {
      const { id } = await world.group(owner, [a, b]);
      const leaver = round % 2 ? owner : a;
      const api = dialect === 'mysql' && round % 4 < 2 ? other.as(leaver) : leaver.api;
      const [moved] = await Promise.all([
        verdict(owner.api.conversations.update({ conversationId: id, ownerId: a.id })),
        after(round % 4, b, id, () => api.conversations.leave({ conversationId: id })),
      ]);
      const { members, owner: now } = await b.api.conversations.get({ conversationId: id });
      const owners = members.filter((m) => m.role === 'owner').map((m) => m.user.id);
      expect(owners, `round ${round}: ${moved}`).toEqual([now?.id]);
      expect(members.map((m) => m.user.id)).not.toContain(leaver.id);
      seen[moved === 'done' ? 'transferred' : 'refused']++;
    }
    process.stdout.write(
      `M9 transfer against leave [${dialect}]: ${rounds} rounds, ${seen.transferred} transferred, ${seen.refused} refused\n`,
    );
    expect(Math.min(seen.transferred, seen.refused)).toBeGreaterThan(0);
  });
});
