import { bytesOf, idOf } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anotherProcess, type Process } from '../test/process.ts';
import { verdict } from '../test/refused.ts';
import { createWorld, type Person, type World } from '../test/world.ts';

const rounds = 200;
const sends = 2_000;

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
    const { log } = world.services;
    const events = await log.after(await log.heads([conversationId]), since, 100);
    return events?.findLast((e) => e.type === type && e.subject === guest.id)?.seq ?? Number.NaN;
  }

  test('H4: a message that races an add is before it and hidden, or after it and shown, 200 times', async () => {
    const seen = { before: 0, after: 0 };
    for (let round = 0; round < rounds; round++) {
      const since = await world.services.log.head();
      const delayed = [0, 1, 3].map(async (n) => {
        await turns(n + (round % 4));
        return through(round + n, writer).messages.post({ conversationId, text: `round ${round}` });
      });
      const add = turns((round >> 2) % 8).then(() => through(round, owner).members.add({ conversationId, person: guest.id }));
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

  test(`C8: what a person posts while being removed has a seq below the removal or is refused, ${sends.toLocaleString('en')} times`, async () => {
    const seen = { kept: 0, refused: 0 };
    const tried: { id: string; who: Person; round: number; verdict: string }[] = [];
    const guests = [guest, ...(await world.people('guest2', 'guest3', 'guest4', 'guest5'))];
    const rounds = sends / guests.length; // each guest races once in each
    const began = performance.now();
    for (let round = 0; round < rounds; round++) {
      await owner.api.conversations.update({ conversationId, add: guests.map((one) => one.id) });
      const race = async (who: Person, n: number) => {
        const remove = async () => {
          await turns((round + n) % 3);
          await through(round, owner).members.remove({ conversationId, userId: who.id });
        };
        const send = async (turn: number) => {
          await turns((round >> turn) % 4);
          const id = crypto.randomUUID();
          const post = through(round + turn, who).messages.post({ conversationId, id, text: `last words ${turn}` });
          tried.push({ id, who, round, verdict: await verdict(post) });
        };
        await Promise.all((round + n) % 2 ? [send(0), send(1), remove()] : [remove(), send(0), send(1)]);
      };
      await Promise.all(guests.map(race));
    }
    const took = performance.now() - began;
    const bounds = new Map(await Promise.all(guests.map(async (who) => [who, await staysOf(who)] as const)));
    const { read } = world.db;
    const rows = await read.selectFrom('message').select(['id', 'seq']).where('conversation_id', '=', bytesOf(conversationId)).execute();
    const stored = new Map(rows.map((row) => [idOf(row.id), Number(row.seq)]));
    const wrong = tried.filter(({ id, who, round, verdict }) => {
      const seq = stored.get(id);
      seen[verdict === 'done' ? 'kept' : 'refused']++;
      if (verdict !== 'done') return verdict !== 'NOT_FOUND' || seq !== undefined;
      const [from, to] = bounds.get(who)?.at(round - rounds) ?? [0, 0];
      return seq === undefined || seq <= from || seq >= to;
    });
    process.stdout.write(
      `C8 removal and send [${dialect}]: ${rounds * guests.length} rounds in ${Math.round(took / 1_000)} s, ${seen.kept} before it, ${seen.refused} refused\n`,
    );
    expect(wrong).toEqual([]);
    expect(seen.kept).toBeGreaterThan(sends / 20);
    expect(seen.refused).toBeGreaterThan(sends / 20);
    expect(world.faults).toEqual([]);
  });

  /** The seqs between which somebody was in the conversation, stay by stay. */
  async function staysOf(who: Person): Promise<[from: number, to: number][]> {
    const of = (type: string) =>
      world.db.read
        .selectFrom('event')
        .select('seq')
        .where('stream_id', '=', bytesOf(conversationId))
        .where('type', '=', type)
        .where('subject_id', '=', bytesOf(who.id))
        .orderBy('seq')
        .execute();
    const [added, removed] = await Promise.all([of('member.added'), of('member.removed')]);
    expect(added).toHaveLength(removed.length);
    return added.map((event, i) => [Number(event.seq), Number(removed[i]?.seq)]);
  }
});
