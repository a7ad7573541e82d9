import { bytesOf, counterFollower, newId, quarterHour } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { refusalOf, verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';

const hour = 3_600_000;

eachDatabase('analytics', (dialect: Dialect) => {
  const cast = createCast(dialect, ['admin', 'anahera', 'mia', 'tama', 'wiremu', 'stranger']);

  /** Posts one after the other at the clock's time. */
  async function say(conversationId: string, ...people: readonly Person[]): Promise<void> {
    for (const { api } of people) await api.messages.post({ conversationId, text: 'Kia ora' });
  }
  const at = (instant: string) => void (cast.world.clock.now = Date.parse(instant));
  const users = async (who: Person, input: Parameters<Person['api']['analytics']['topUsers']>[0] = {}) =>
    (await who.api.analytics.topUsers(input)).items.map((row) => `${row.user.name} ${row.messages}`);
  const chats = async (who: Person, input: Parameters<Person['api']['analytics']['topConversations']>[0] = {}) =>
    (await who.api.analytics.topConversations(input)).items.map((row) => `${row.conversation.name} ${row.messages}`);
  const days = async (who: Person, input: Parameters<Person['api']['analytics']['daily']>[0] = {}) =>
    (await who.api.analytics.daily(input)).items.map((row) => `${row.day} ${row.messages}`);
  const write = (table: 'user' | 'conversation', id: string, set: { deleted_at?: number; closed_at?: number }) =>
    cast.world.db.read.updateTable(table).set(set).where('id', '=', bytesOf(id)).execute();

  test('R080, R083: five users with most messages for any user of the chat, ties by name and then by id', async () => {
    const [x1, x2, many] = await Promise.all([cast.world.person('same'), cast.world.person('twin'), cast.world.person('zoe')]);
    const { id: conversationId } = await cast.world.group(cast.anahera, [cast.mia, cast.tama, x1, x2, many, cast.wiremu]);
    await cast.world.db.read.updateTable('user').set({ name: 'same' }).where('id', '=', bytesOf(x2.id)).execute();
    await say(conversationId, many, many, many, cast.tama, x1, x2, cast.mia, cast.mia, cast.anahera, cast.wiremu);
    const page = await cast.wiremu.api.analytics.topUsers({ conversationId });
    expect(page.items.map((row) => [row.user.name, row.messages])).toEqual([
      ['zoe', 3],
      ['mia', 2],
      ['anahera', 1],
      ['same', 1],
      ['same', 1],
    ]);
    expect(page.items.slice(3).map((row) => row.user.id)).toEqual([x1.id, x2.id].toSorted());
    expect(page.nextCursor).not.toBeNull();
    expect(await users(cast.wiremu, { conversationId, cursor: page.nextCursor })).toEqual(['tama 1', 'wiremu 1']);
  });

  test('R082, K11: chats count as a whole for those in them and are absent for others; admins see all without private names', async () => {
    at('2026-03-10T00:00:00Z');
    const { id } = await cast.world.group(cast.anahera, [cast.mia, cast.tama], 'Kōhanga');
    const unnamed = await cast.world.group(cast.anahera, [cast.mia, cast.tama]);
    await cast.anahera.api.conversations.update({ conversationId: unnamed.id, name: null });
    const direct = await cast.world.direct(cast.anahera, cast.wiremu);
    await say(id, cast.anahera, cast.mia, cast.tama);
    await say(unnamed.id, cast.anahera, cast.mia);
    await say(direct.id, cast.wiremu);
    const others = unnamed.members.flatMap(({ user }) => (user.id === cast.anahera.id ? [] : [user.name])).join(', ');
    const march = { from: '2026-03-10', to: '2026-03-11' };
    expect(await chats(cast.anahera, march)).toEqual(['Kōhanga 3', `${others} 2`, 'wiremu 1']);
    expect(await chats(cast.wiremu, march)).toEqual(['anahera 1']);
    expect(await chats(cast.stranger, march)).toEqual([]);
    expect(await chats(cast.admin, march)).toEqual(['Private conversation 3', 'Private conversation 2', 'Private conversation 1']);
    expect(await chats(cast.admin, { ...march, conversationId: id })).toEqual(['Private conversation 3']);
    expect(await users(cast.admin, march)).toEqual(['anahera 2', 'mia 2', 'tama 1', 'wiremu 1']);
    expect(await verdict(cast.stranger.api.analytics.topUsers({ conversationId: id }))).toBe('NOT_FOUND');
    expect(await verdict(cast.stranger.api.analytics.daily({ conversationId: id }))).toBe('NOT_FOUND');
  });

  test('A1: who joins later counts the whole chat, who leaves counts nothing of it', async () => {
    at('2026-03-12T00:00:00Z');
    const { id } = await cast.world.group(cast.anahera, [cast.mia, cast.tama], 'Whole');
    await say(id, cast.anahera, cast.mia);
    await cast.anahera.api.members.add({ conversationId: id, person: cast.wiremu.id });
    const range = { from: '2026-03-12', to: '2026-03-13' };
    expect(await chats(cast.wiremu, range)).toEqual(['Whole 2']);
    await cast.wiremu.api.conversations.leave({ conversationId: id });
    expect(await chats(cast.wiremu, range)).toEqual([]);
    expect(await verdict(cast.wiremu.api.analytics.topUsers({ conversationId: id }))).toBe('NOT_FOUND');
  });

  test('U7: a deleted person is no top user, and their messages still count for the chat', async () => {
    at('2026-03-14T00:00:00Z');
    const gone = await cast.world.person('gone');
    const { id: conversationId } = await cast.world.group(cast.anahera, [cast.mia, gone], 'Left behind');
    await say(conversationId, gone, gone, cast.mia);
    await write('user', gone.id, { deleted_at: cast.world.clock.now });
    expect(await users(cast.mia, { conversationId })).toEqual(['mia 1']);
    expect(await chats(cast.mia, { conversationId })).toEqual(['Left behind 3']);
  });

  test('a closed chat counts nowhere for its people', async () => {
    at('2026-03-16T00:00:00Z');
    const { id: conversationId } = await cast.world.group(cast.anahera, [cast.mia, cast.tama], 'Closed');
    await say(conversationId, cast.mia);
    const range = { from: '2026-03-16', to: '2026-03-17' };
    expect(await chats(cast.mia, range)).toEqual(['Closed 1']);
    await write('conversation', conversationId, { closed_at: cast.world.clock.now });
    expect(await chats(cast.mia, range)).toEqual([]);
    expect(await verdict(cast.mia.api.analytics.topUsers({ conversationId }))).toBe('CONVERSATION_CLOSED');
    expect(await verdict(cast.stranger.api.analytics.topUsers({ conversationId }))).toBe('NOT_FOUND');
  });

  test('A1: a room counts for whoever may enter it and may know of it', async () => {
    at('2026-03-18T00:00:00Z');
    const lists = (name: string, list: 'allow' | 'deny', who: Person) => ({ name, list, who });
    const access = [lists('Listed', 'deny', cast.tama), lists('For some', 'allow', cast.mia), lists('Followed', 'deny', cast.mia)];
    const rooms = {
      Listed: ['public', 1],
      Unlisted: ['public', 0],
      'For some': ['allowlist', 0],
      Followed: ['public', 1],
      Closed: ['public', 1],
    } as const;
    const { read } = cast.world.db;
    for (const [name, [mode, listed]] of Object.entries(rooms)) {
      const id = bytesOf(newId());
      const room = { id, kind: 'room', name, name_key: name === 'Closed' ? null : name, access: mode, listed, owner_id: null };
      const now = cast.world.clock.now;
      await read
        .insertInto('conversation')
        .values({ ...room, created_at: now, closed_at: name === 'Closed' ? now : null })
        .execute();
      await read
        .insertInto('counter')
        .values({ conversation_id: id, author_id: id, bucket: Math.floor(now / quarterHour), messages: 1 })
        .execute();
      for (const entry of access.filter((a) => a.name === name))
        await read
          .insertInto('room_access')
          .values({ conversation_id: id, user_id: bytesOf(entry.who.id), list: entry.list, added_by: id, added_at: now })
          .execute();
      if (name === 'Followed' || name === 'Unlisted') {
        const span = { conversation_id: id, user_id: bytesOf(cast.mia.id), from_seq: 1, open: 1, role: 'member', joined_at: now };
        await read.insertInto('span').values(span).execute();
      }
    }
    const range = { from: '2026-03-18', to: '2026-03-18T00:15:00Z' };
    expect(await chats(cast.mia, range)).toEqual(['For some 1', 'Listed 1', 'Unlisted 1']); // denied in Followed, though in it
    expect(await chats(cast.tama, range)).toEqual(['Followed 1']);
    expect(await chats(cast.stranger, range)).toEqual(['Followed 1', 'Listed 1']);
    expect(await chats(cast.admin, range)).toEqual([
      'Closed 1',
      'Followed 1',
      'Listed 1',
      'Private conversation 1',
      'Private conversation 1',
    ]);
    await read.updateTable('conversation').set({ closed_at: cast.world.clock.now }).where('kind', '=', 'room').execute(); // out of the others’ way
  });

  test('R081: from is included and to is not, to the millisecond', async () => {
    const { id: conversationId } = await cast.world.direct(cast.mia, cast.tama);
    for (const instant of ['2026-04-01T00:00:00.000Z', '2026-04-01T00:00:00.001Z', '2026-04-02T10:07:30.500Z']) {
      at(instant);
      await say(conversationId, cast.mia);
    }
    const count = async (from?: string, to?: string) => users(cast.mia, { conversationId, ...(from && { from }), ...(to && { to }) });
    expect(await count('2026-04-01', '2026-04-01T00:00:00.001Z')).toEqual(['mia 1']);
    expect(await count('2026-04-01T00:00:00.001Z', '2026-04-02T10:07:30.500Z')).toEqual(['mia 1']);
    expect(await count('2026-04-01T00:00:00.001Z', '2026-04-02T10:07:30.501Z')).toEqual(['mia 2']);
    expect(await count('2026-04-02T22:07:30.500+12:00')).toEqual(['mia 1']);
    expect(await count(undefined, '2026-04-01')).toEqual([]);
  });

  test('R081: a date is a day of the zone asked for', async () => {
    const { id: conversationId } = await cast.world.direct(cast.mia, cast.wiremu);
    at('2026-06-30T18:14:59.999Z'); // in Kathmandu 23:59:59.999
    await say(conversationId, cast.mia);
    at('2026-06-30T18:15:00.000Z');
    await say(conversationId, cast.wiremu);
    const july = { conversationId, from: '2026-07-01' };
    expect(await users(cast.mia, { ...july, tz: 'Asia/Kathmandu' })).toEqual(['wiremu 1']);
    expect(await users(cast.mia, { ...july, tz: 'pacific/auckland' })).toEqual(['mia 1', 'wiremu 1']);
    expect(await users(cast.mia, july)).toEqual([]);
    expect(await days(cast.mia, { conversationId, tz: 'Asia/Kathmandu' })).toEqual(['2026-07-01 1', '2026-06-30 1']);
  });

  test('days are local also when the clocks are moved, newest first, empty ones among them', async () => {
    const { id: conversationId } = await cast.world.group(cast.mia, [cast.tama, cast.wiremu]);
    // Auckland leaves summer time on 2026-04-05 at 03:00: that day has 25 hours.
    for (const instant of ['2026-04-04T10:59:59.999Z', '2026-04-04T11:00:00Z', '2026-04-05T11:59:59.999Z', '2026-04-05T12:00:00Z']) {
      at(instant);
      await say(conversationId, cast.mia);
    }
    at('2026-04-07T12:30:00Z');
    await say(conversationId, cast.tama);
    const auckland = { conversationId, tz: 'Pacific/Auckland' };
    expect(await days(cast.mia, auckland)).toEqual(['2026-04-08 1', '2026-04-07 0', '2026-04-06 1', '2026-04-05 2', '2026-04-04 1']);
    expect(await days(cast.mia, { ...auckland, from: '2026-04-05', to: '2026-04-06' })).toEqual(['2026-04-05 2']);
    expect(await days(cast.mia, { ...auckland, from: '2026-04-05T11:00:01Z', to: '2026-04-05T12:00:00.001Z' })).toEqual([
      '2026-04-06 1',
      '2026-04-05 1',
    ]);
    expect(await days(cast.stranger)).toEqual([]);
  });

  test('R081: an unknown zone or date and a range that ends before it begins are BAD_RANGE, with the field named', async () => {
    const wrong = [
      { tz: 'Pacific/Nowhere' },
      { tz: '+05:45' },
      { tz: '' },
      { from: '2026-02-30' },
      { from: 'yesterday' },
      { from: '2026-1-1' },
      { from: '2026-01-01T00:00:00' },
      { to: '2026-01-01T25:00:00Z' },
      { to: '2026-13-01' },
      { to: '' },
      { from: '2026-01-02', to: '2026-01-02' },
      { from: '2026-01-02', to: '2026-01-01' },
      { from: '2026-01-01T00:00:00Z', to: '2026-01-01', tz: 'Pacific/Auckland' },
    ];
    for (const input of wrong) {
      for (const list of ['topUsers', 'topConversations', 'daily'] as const) {
        const refusal = await refusalOf(cast.mia.api.analytics[list](input));
        expect([refusal?.code, Object.keys(input)], JSON.stringify(input)).toEqual([
          'BAD_RANGE',
          expect.arrayContaining(Object.keys(refusal?.info.fields ?? { none: '' })),
        ]);
      }
    }
  });

  test('a second page counts what was there when the first was read', async () => {
    at('2026-05-01T09:00:00Z');
    const { id: conversationId } = await cast.world.group(cast.mia, [cast.tama, cast.wiremu]);
    await say(conversationId, cast.mia, cast.mia, cast.tama, cast.tama, cast.wiremu);
    const first = await cast.mia.api.analytics.topUsers({ conversationId, limit: 1 });
    cast.world.clock.now += hour;
    await say(conversationId, cast.wiremu, cast.wiremu, cast.wiremu);
    expect(await users(cast.mia, { conversationId, limit: 5, cursor: first.nextCursor })).toEqual(['tama 2', 'wiremu 1']);
    expect(await users(cast.mia, { conversationId, limit: 1 })).toEqual(['wiremu 4']);
  });

  test('what the follower has not added up is counted all the same', async () => {
    at('2026-05-03T09:00:00Z');
    const { id: conversationId } = await cast.world.group(cast.mia, [cast.tama, cast.wiremu]);
    const { read } = cast.world.db;
    await cast.world.services.caughtUp();
    const behind = (await cast.world.services.log.head()) as number;
    await say(conversationId, cast.mia, cast.mia, cast.tama);
    await cast.world.services.caughtUp();
    at('2026-09-03T09:00:00Z');
    expect(await users(cast.mia, { conversationId })).toEqual(['mia 2', 'tama 1']);
    const month = await read.selectFrom('counter_month').selectAll().where('conversation_id', '=', bytesOf(conversationId)).execute();
    expect(month.map((row) => row.messages).toSorted()).toEqual([1, 2]);
    // As if it had never come so far: its sums are gone and its place is back.
    for (const table of ['counter_day', 'counter_month'] as const)
      await read.deleteFrom(table).where('conversation_id', '=', bytesOf(conversationId)).execute();
    expect(await users(cast.mia, { conversationId })).toEqual([]); // or the next line proves nothing
    await read.updateTable('follower').set({ pos: behind }).where('name', '=', counterFollower).execute();
    expect(await users(cast.mia, { conversationId })).toEqual(['mia 2', 'tama 1']);
    await read
      .updateTable('follower')
      .set({ pos: await cast.world.services.log.head() })
      .where('name', '=', counterFollower)
      .execute();
  });
});
