import { type Dialect, eachDatabase } from '@koreromai/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anotherProcess, type Process } from '../test/process.ts';
import { verdict } from '../test/refused.ts';
import { createWorld, type Person, type World } from '../test/world.ts';

const rounds = 200;

eachDatabase('posting under fire', (dialect: Dialect) => {
  let world: World;
  let other: Process;
  let owner: Person;
  let writer: Person;
  let guest: Person;
  let conversationId: string;

  beforeAll(async () => {
    world = await createWorld(dialect);
    const [o, w, g, fourth] = await world.people('owner', 'writer', 'guest', 'fourth');
    [owner, writer, guest] = [o, w, g];
    other = await anotherProcess(world);
    conversationId = (await world.group(o, [w, fourth])).id;
  });
  afterAll(async () => {
    await other[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  });

  const through = (turn: number, who: Person) => (dialect === 'mysql' && turn % 2 ? other.as(who) : who.api);
  const turns = async (n: number) => {
    for (let i = 0; i < n; i++) await new Promise((turn) => setImmediate(turn));
  };
  /** The seq of the newest event of that type about the guest, looking from `since` on. */
  async function seqOf(type: string, since: number): Promise<number> {
    const events = await world.services.log.after([conversationId], since, 100);
    return events?.findLast((e) => e.type === type && e.subject === guest.id)?.seq ?? Number.NaN;
  }

  test('H4: a message that races an add is before it and hidden, or after it and shown, 200 times', { timeout: 60_000 }, async () => {
    const seen = { before: 0, after: 0 };
    for (let round = 0; round < rounds; round++) {
      const since = await world.services.log.head();
      const delayed = [0, 1, 3].map(async (n) => {
        await turns(n + (round % 4));
        return through(round + n, writer).messages.post({ conversationId, text: `round ${round}` });
      });
      const add = through(round, owner).members.add({ conversationId, person: guest.id });
      const posts = (await Promise.all(delayed)).map((p) => p.message);
      await add;
      const start = await seqOf('member.added', since);
      const { items } = await guest.api.messages.list({ conversationId, limit: 3, order: 'desc' });
      const view = await guest.api.conversations.get({ conversationId });
      const newest = posts.toSorted((a, b) => b.seq - a.seq)[0];
      expect(view.lastMessage?.id === newest?.id).toBe((newest?.seq ?? 0) > start);
      for (const { id, seq } of posts) {
        seen[seq < start ? 'before' : 'after']++;
        const surfaces = { list: items.some((m) => m.id === id), get: await verdict(guest.api.messages.get({ messageId: id })) };
        expect(surfaces).toEqual(seq > start ? { list: true, get: 'done' } : { list: false, get: 'NOT_FOUND' });
      }
      await owner.api.members.remove({ conversationId, userId: guest.id });
    }
    process.stdout.write(`H4 [${dialect}]: ${rounds} rounds, ${seen.before} before, ${seen.after} after\n`);
    expect(seen.before).toBeGreaterThan(0);
    expect(seen.after).toBeGreaterThan(0);
    expect(world.faults).toEqual([]);
  });

  test('C8: what a person posts while being removed has a seq below the removal or is refused, 200 times', {
    timeout: 60_000,
  }, async () => {
    const seen = { kept: 0, refused: 0 };
    for (let round = 0; round < rounds; round++) {
      await owner.api.members.add({ conversationId, person: guest.id });
      const since = await world.services.log.head();
      const post = async (turn: number) => {
        const ids = Array.from({ length: 3 }, () => crypto.randomUUID());
        const verdicts = await Promise.all(
          ids.map((id, i) => verdict(through(turn + i, guest).messages.post({ conversationId, id, text: `last words ${i}` }))),
        );
        return ids.map((id, i) => ({ id, verdict: verdicts[i] }));
      };
      const remove = (turn: number) => through(turn, owner).members.remove({ conversationId, userId: guest.id });
      const [posts] =
        round % 2
          ? await Promise.all([post(round), remove(round)])
          : await Promise.all([remove(round), post(round)]).then(([, p]) => [p] as const);
      const end = await seqOf('member.removed', since);
      const { items } = await writer.api.messages.list({ conversationId, limit: 10 });
      for (const { id, verdict } of posts) {
        const stored = items.find((m) => m.id === id);
        if (verdict === 'done') {
          seen.kept++;
          expect(stored?.seq).toBeLessThan(end);
        } else {
          seen.refused++;
          expect(verdict).toBe('NOT_FOUND');
          expect(stored).toBeUndefined();
        }
      }
    }
    process.stdout.write(`C8 removal and send [${dialect}]: ${rounds} rounds, ${seen.kept} before it, ${seen.refused} refused\n`);
    expect(seen.kept).toBeGreaterThan(0);
    expect(seen.refused).toBeGreaterThan(0);
    expect(world.faults).toEqual([]);
  });
});
