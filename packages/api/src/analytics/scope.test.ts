import { bytesOf, newId, quarterHour } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';
import { chats, say, users } from './test/asking.ts';

eachDatabase('what analytics count', (dialect: Dialect) => {
  const cast = createCast(dialect, ['admin', 'anahera', 'mia', 'tama', 'wiremu', 'stranger']);
  const at = (instant: string) => void (cast.world.clock.now = Date.parse(instant));
  const write = (table: 'user' | 'conversation', id: string, set: { deleted_at?: number; closed_at?: number }) =>
    cast.world.db.read.updateTable(table).set(set).where('id', '=', bytesOf(id)).execute();

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
    const own = await cast.world.group(cast.anahera, [cast.mia, cast.admin], 'With the admin');
    await say(own.id, cast.anahera);
    expect(await chats(cast.admin, { ...march, conversationId: own.id })).toEqual(['With the admin 1']);
    await cast.anahera.api.messages.delete({
      messageId: (await cast.anahera.api.messages.list({ conversationId: own.id })).items[0]?.id ?? '',
    });
    expect(await users(cast.admin, march)).toEqual(['anahera 2', 'mia 2', 'tama 1', 'wiremu 1']);
    expect(await verdict(cast.stranger.api.analytics.topUsers({ conversationId: id }))).toBe('NOT_FOUND');
    expect(await verdict(cast.stranger.api.analytics.daily({ conversationId: id }))).toBe('NOT_FOUND');
  });

  test('K11: who was an admin when they signed in and is none any more counts their own chats only', async () => {
    at('2026-03-11T00:00:00Z');
    const { id } = await cast.world.direct(cast.mia, cast.wiremu);
    await say(id, cast.mia);
    const range = { from: '2026-03-11', to: '2026-03-12' };
    const roleOfAdmin = (role: string) =>
      cast.world.db.read.updateTable('user').set({ role }).where('id', '=', bytesOf(cast.admin.id)).execute();
    expect(await chats(cast.admin, range)).toEqual(['Private conversation 1']);
    await roleOfAdmin('user');
    expect(await chats(cast.admin, range)).toEqual([]);
    await roleOfAdmin('admin');
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
});
