import { bytesOf } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { anotherProcess } from '../test/process.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';

const rounds = 200;

/** A stay as a version opens it that knows of no number beside it. */
const openedByOlder = changeKind<{ roomId: string; userId: string }, void>()({
  name: 'test.opened',
  alone: true,
  streams: (input) => [input.roomId, input.userId],
  lookups: () => ({}),
  facts: () => null,
  decide({ roomId, userId }, _facts, draft) {
    const stay = { from_seq: 0, to_seq: null, open: 1, role: 'member', added_by: null, joined_at: draft.now, end_reason: null };
    draft.insert('span', { conversation_id: bytesOf(roomId), user_id: bytesOf(userId), ...stay }, { set: ['open', 'to_seq'] });
  },
});

eachDatabase('R050: the followers of a room', (dialect: Dialect) => {
  const cast = createCast(dialect, ['owner', 'a', 'b', 'c']);
  let n = 0;
  const opened = async () => (await cast.owner.api.rooms.create({ name: `Counted ${++n}` })).id;
  const older = (roomId: string, who: Person) => cast.world.services.lane.change(openedByOlder, { roomId, userId: who.id });

  /** What is kept of a room, held against the stays there are. */
  async function kept(roomId: string): Promise<number> {
    const { read } = cast.world.db;
    const stays = read.selectFrom('span').select('user_id').where('conversation_id', '=', bytesOf(roomId)).where('open', '=', 1);
    const row = read.selectFrom('room_count').select('followers').where('conversation_id', '=', bytesOf(roomId));
    const followers = Number((await row.executeTakeFirst())?.followers);
    expect(followers).toBe((await stays.execute()).length);
    return followers;
  }

  test('R050, K10: everybody who may enter is told the same number, in the room and in the list; who may not, none', async () => {
    const { owner, a, b, c } = cast;
    const { id: roomId } = await owner.api.rooms.create({ name: 'Only some', access: 'allowlist' });
    for (const who of [a, b]) await owner.api.rooms.allow({ roomId, userId: who.id });
    const told = async (who: Person) => {
      const { followers } = await who.api.rooms.get({ roomId });
      const listed = (await who.api.rooms.list({ query: 'only some' })).items.map((room) => room.followers);
      expect(listed).toEqual([followers]);
      return followers;
    };
    expect(await told(owner)).toBe(1);
    await a.api.rooms.follow({ roomId });
    await a.api.rooms.follow({ roomId });
    for (const who of [owner, a, b]) expect(await told(who)).toBe(2);
    expect(await told(c)).toBeNull();
    await owner.api.rooms.deny({ roomId, userId: a.id });
    expect(await told(owner)).toBe(1);
    expect(await told(a)).toBeNull();
  });

  test(`of two who join or leave at once each is counted, ${rounds} times`, async () => {
    const { world, a, b } = cast;
    await using other = await anotherProcess(world);
    const roomId = await opened();
    const inside = { a: false, b: false };
    const seen = { one: 0, two: 0, three: 0 };
    for (let round = 0; round < rounds; round++) {
      const turn = (who: 'a' | 'b', process: Person['api']) => {
        inside[who] = !inside[who];
        return inside[who] ? process.rooms.follow({ roomId }) : process.rooms.unfollow({ roomId });
      };
      // Both, then one of them: so that they come together, go together and pass each other.
      await Promise.all([turn('a', a.api), turn('b', other.as(b))]);
      if (round % 3 === 0) await turn('a', other.as(a));
      const followers = await kept(roomId);
      expect(followers, `round ${round}`).toBe(1 + Number(inside.a) + Number(inside.b));
      seen[followers === 1 ? 'one' : followers === 2 ? 'two' : 'three']++;
    }
    process.stdout.write(`followers, two at once [${dialect}]: ${rounds} rounds, ${JSON.stringify(seen)}\n`);
    expect(Math.min(seen.one, seen.two, seen.three)).toBeGreaterThan(0);
  });

  test(`who joins as the room is closed is counted or refused, ${rounds} times`, async () => {
    const { world, owner, a, b } = cast;
    await using other = await anotherProcess(world);
    const seen = { joined: 0, refused: 0 };
    for (let round = 0; round < rounds; round++) {
      const roomId = await opened();
      const close = async () => {
        for (let i = 0; i < round % 4; i++) await owner.api.rooms.list({ limit: 1 });
        await owner.api.rooms.close({ roomId });
      };
      const join = async (who: Person, process: Person['api']) => {
        for (let i = 0; i < round % 3; i++) await who.api.rooms.list({ limit: 1 });
        return verdict(process.rooms.follow({ roomId }));
      };
      const [, ...verdicts] = await Promise.all([close(), join(a, a.api), join(b, other.as(b))]);
      for (const said of verdicts) {
        expect(['done', 'CONVERSATION_CLOSED', 'NOT_FOUND'], `round ${round}`).toContain(said);
        seen[said === 'done' ? 'joined' : 'refused']++;
      }
      expect(await kept(roomId), `round ${round}`).toBe(1 + verdicts.filter((said) => said === 'done').length);
    }
    process.stdout.write(`followers, joining against closing [${dialect}]: ${rounds} rounds, ${JSON.stringify(seen)}\n`);
    expect(Math.min(seen.joined, seen.refused)).toBeGreaterThan(0);
  });

  test('G15: what an older process wrote without the number is put right in every room, and in no other', async () => {
    const { world, owner, a, b } = cast;
    const { recount } = world.services;
    expect(await recount.now(), 'nothing was wrong before').toBe(0);
    const rooms = await Promise.all(Array.from({ length: 120 }, opened)); // more than one step takes
    for (const roomId of rooms) await a.api.rooms.follow({ roomId });
    const wrong = rooms.filter((_, i) => i % 4 !== 0);
    for (const roomId of wrong) await older(roomId, b);
    expect((await owner.api.rooms.get({ roomId: wrong[0] ?? '' })).followers, 'the guard: it is wrong').toBe(2);
    expect(await recount.now()).toBe(wrong.length);
    for (const roomId of rooms) expect(await kept(roomId)).toBe(wrong.includes(roomId) ? 3 : 2);
    expect(await recount.now()).toBe(0);
  });

  test(`a room that is counted anew while people come and go is counted right, ${rounds} times`, async () => {
    const { world, a, b, c } = cast;
    await using other = await anotherProcess(world);
    const roomId = await opened();
    let mended = 0;
    for (let round = 0; round < rounds; round++) {
      await b.api.rooms.unfollow({ roomId });
      await c.api.rooms.unfollow({ roomId });
      await kept(roomId);
      await older(roomId, c);
      const process = round % 2 ? a.api : other.as(a);
      const turn = round % 4 < 2 ? process.rooms.follow({ roomId }) : process.rooms.unfollow({ roomId });
      const [right] = await Promise.all([world.services.recount.now(), turn, other.as(b).rooms.follow({ roomId })]);
      mended += right;
      await kept(roomId);
    }
    process.stdout.write(`followers, counting against coming and going [${dialect}]: ${rounds} rounds, ${mended} counts\n`);
    expect(mended).toBe(rounds);
  });
});
