import { roomNameKey } from '@koreromai/contract';
import { handleOf, idOf } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { verdict } from '../test/refused.ts';
import { createWorld, type World } from '../test/world.ts';
import { day, planOf } from './plan.ts';
import { type SeedInput, seed } from './seed.ts';

const until = Date.UTC(2026, 10, 20);
const size = { users: 20, days: 40, until, password: 'a password of the seed' };
const sown = (world: World, input: Partial<SeedInput> = {}) => seed(world.services, { ...size, ...input });

async function rows(world: World, table: 'message' | 'event' | 'user' | 'conversation' | 'span' | 'member_state') {
  const { count } = await world.services.read
    .selectFrom(table)
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

test('the same numbers and the same last day give the same ids, texts and times; another number gives others', () => {
  const plan = planOf(size);
  expect(planOf(size)).toEqual(plan);
  expect(planOf({ ...size, days: 41 }).messages[0]).not.toEqual(plan.messages[0]);
  expect(plan.messages).toHaveLength(size.users * size.days);
  expect(plan.messages.map((m) => m.at)).toEqual(plan.messages.map((m) => m.at).toSorted((a, b) => a - b));
  expect(plan.messages.every((m) => m.at >= plan.since && m.at < until)).toBe(true);
  expect(new Set(plan.conversations.map((c) => c.kind))).toEqual(new Set(['direct', 'group', 'room']));
  expect(plan.conversations.filter((c) => c.kind === 'group').every((c) => c.people.length >= 3 && c.people.length <= 10)).toBe(true);
});

test('five hundred people have five hundred names, addresses and handles', () => {
  const { people } = planOf({ users: 500, days: 1, until });
  for (const key of ['id', 'username', 'email', 'name'] as const) expect(new Set(people.map((p) => p[key])).size).toBe(500);
  expect(new Set(people.map((p) => handleOf(p.username).toString('hex'))).size).toBe(500);
});

eachDatabase('the seed', (dialect: Dialect) => {
  test('streams, spans and all four counters agree with a full count of what was sown', async () => {
    await using world = await createWorld(dialect);
    const { read } = world.services;
    const result = await sown(world);
    await world.services.caughtUp();
    expect(result.messages).toBe(800);
    expect(await rows(world, 'message')).toBe(800);

    const counts = new Map<string, number>();
    const count = (...key: (string | number)[]) => counts.set(key.join(' '), (counts.get(key.join(' ')) ?? 0) + 1);
    for (const m of await read.selectFrom('message').selectAll().execute()) {
      const place = [idOf(m.conversation_id), idOf(m.author_id)] as const;
      count('quarter', Math.floor(Number(m.created_at) / 900_000), ...place);
      count('day', Math.floor(Number(m.created_at) / day), ...place);
      count('pentad', Math.floor(Number(m.created_at) / day / 5), ...place);
      count('month', Math.floor(Number(m.created_at) / day / 30), ...place);
    }
    const told = new Map<string, number>();
    const tell = (grain: string, unit: number, r: { conversation_id: Buffer; author_id: Buffer; messages: number }) =>
      told.set([grain, unit, idOf(r.conversation_id), idOf(r.author_id)].join(' '), Number(r.messages));
    for (const r of await read.selectFrom('counter').selectAll().execute()) tell('quarter', r.bucket, r);
    for (const r of await read.selectFrom('counter_day').selectAll().execute()) tell('day', r.day, r);
    for (const r of await read.selectFrom('counter_pentad').selectAll().execute()) tell('pentad', r.pentad, r);
    for (const r of await read.selectFrom('counter_month').selectAll().execute()) tell('month', r.month, r);
    expect(Object.fromEntries([...told].toSorted())).toEqual(Object.fromEntries([...counts].toSorted()));

    const heads = await sql<{ id: Buffer; seq: number; events: number; top: number; pos: number; last: number }>`
      select s.id, s.seq, s.pos, count(*) as events, max(e.seq) as top, max(e.pos) as last
      from stream as s inner join event as e on e.stream_id = s.id group by s.id, s.seq, s.pos`.execute(read);
    for (const h of heads.rows)
      expect([Number(h.events), Number(h.top), Number(h.last)]).toEqual([Number(h.seq), Number(h.seq), Number(h.pos)]);
    expect(await rows(world, 'event')).toBe(await world.services.log.head());
    const strangers = await sql<{ n: number }>`
      select count(*) as n from message as m left join span as s on s.conversation_id = m.conversation_id and s.user_id = m.author_id
      where s.user_id is null or s.from_seq > m.seq`.execute(read);
    expect(Number(strangers.rows[0]?.n)).toBe(0);
    expect(world.faults).toEqual([]);
  });

  test('R080: the people sown can sign in, list their chats, find what was said and see five top people', async () => {
    await using world = await createWorld(dialect);
    const result = await sown(world);
    await world.services.caughtUp();
    const { token, user } = await world.anonymous.auth.signIn({
      email: `${result.first}@koreromai.example`,
      password: size.password,
    });
    expect(user).toMatchObject({ username: result.first, role: 'admin' });
    const caller = await world.sessions.authenticate(token);
    if (!caller) throw new Error('The first one is in.');
    const api = world.as(caller);
    const chats = await api.conversations.list({});
    expect(chats.items.length).toBeGreaterThan(5);
    expect(chats.items.some((c) => c.unreadCount > 0) && chats.items.some((c) => c.unreadCount === 0)).toBe(true);
    const first = chats.items.find((c) => c.lastMessage !== null);
    if (!first) throw new Error('People have talked.');
    expect((await api.messages.list({ conversationId: first.id })).items.length).toBeGreaterThan(1);
    const top = await api.analytics.topUsers({});
    expect(top.items).toHaveLength(5);
    expect((await api.search.messages({ q: 'hāngī' })).items.length).toBeGreaterThan(0);
    expect(world.faults).toEqual([]);
  });

  test('twice is refused in a sentence and adds nothing; so is an instance where people talk', async () => {
    await using world = await createWorld(dialect);
    const small = { users: 5, days: 3 };
    await sown(world, small);
    const before = [await rows(world, 'message'), await rows(world, 'user'), await world.services.log.head()];
    await expect(sown(world, small)).rejects.toThrow('This seed is here already, so nothing was added.');
    await expect(sown(world, { users: 6, days: 3 })).rejects.toThrow('People talk here already');
    expect([await rows(world, 'message'), await rows(world, 'user'), await world.services.log.head()]).toEqual(before);
    for (const wrong of [{ users: 2 }, { users: 501 }, { users: 3.5 }, { days: 0 }, { days: 731 }])
      await expect(sown(world, wrong)).rejects.toThrow('The seed takes');
  });

  test('one that was cut short is finished by the same call, as if it had not been', async () => {
    await using world = await createWorld(dialect);
    await using whole = await createWorld(dialect);
    const { lane } = world.services;
    let left = 3;
    const cut = {
      ...world.services,
      lane: {
        ...lane,
        waiting: 0,
        close: lane.close,
        change: (async (kind, input) => {
          if (left-- === 0) throw new Error('the plug was pulled');
          return lane.change(kind, input);
        }) as typeof lane.change,
      },
    };
    await expect(seed(cut, size)).rejects.toThrow('the plug was pulled');
    await sown(world);
    await sown(whole);
    for (const table of ['message', 'event', 'user', 'conversation', 'span', 'member_state'] as const)
      expect([table, await rows(world, table)]).toEqual([table, await rows(whole, table)]);
  });

  test('C9, Q3: its rooms are as rooms made by hand: found by their name, kept from being made twice, and to be given a password', async () => {
    await using world = await createWorld(dialect);
    await sown(world, { users: 5, days: 2 });
    const root = await world.person('root');
    const made = await root.api.rooms.create({ name: 'ﬁne Kōrero', access: 'public' });
    const rooms = await world.services.read.selectFrom('conversation').selectAll().where('kind', '=', 'room').execute();
    const byHand = rooms.find((r) => idOf(r.id) === made.id);
    const seeded = rooms.filter((r) => r !== byHand);
    expect(seeded.length).toBeGreaterThan(3);
    for (const room of seeded) {
      expect(room.name_key).toBe(roomNameKey(room.name ?? ''));
      const { access, listed, password_version, password_hash, add_policy, closed_at } = room;
      const like = { access, listed, password_version, password_hash, add_policy, closed_at };
      expect(byHand).toMatchObject(like);
      expect(await verdict(root.api.rooms.create({ name: (room.name ?? '').toUpperCase(), access: 'public' }))).toBe('ROOM_NAME_TAKEN');
    }
    expect(byHand?.name_key).toBe('fine kōrero');
  });

  test('beside an account that was made before, nobody of the seed becomes an admin', async () => {
    await using world = await createWorld(dialect);
    const root = await world.person('root');
    await sown(world, { users: 4, days: 2 });
    const admins = await world.services.read.selectFrom('user').select('id').where('role', '=', 'admin').execute();
    expect(admins.map((a) => idOf(a.id))).toEqual([root.id]);
  });
});
