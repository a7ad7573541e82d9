import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

eachDatabase('kinds of conversations', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'owner', 'mia', 'tama']);
  const rowsOf = async () => {
    const { read } = cast.world.db;
    const tables = [
      read.selectFrom('conversation').selectAll(),
      read.selectFrom('span').selectAll(),
      read.selectFrom('invitation').selectAll(),
    ];
    return Promise.all(tables.map((query) => query.execute()));
  };

  test('T1, U5: a room has no seats: nobody is added, removed, invited or renamed there as in a group', async () => {
    const room = await cast.owner.api.rooms.create({ name: `Kinds ${dialect}` });
    const taken = await cast.owner.api.rooms.create({ name: `Taken ${dialect}` });
    await cast.mia.api.rooms.follow({ roomId: room.id });
    const conversationId = room.id;
    const before = await rowsOf();
    const { members, conversations } = cast.owner.api;
    const tries = {
      add: () => members.add({ conversationId, person: cast.tama.email }),
      invite: () => members.add({ conversationId, person: 'nobody@example.org' }),
      addAll: () => conversations.update({ conversationId, add: [cast.tama.id] }),
      remove: () => members.remove({ conversationId, userId: cast.mia.id }),
      rename: () => conversations.update({ conversationId, name: taken.name }), // which would be one name of two rooms
      policy: () => conversations.update({ conversationId, addPolicy: 'members' }),
      both: () => conversations.update({ conversationId, name: 'Another', ownerId: cast.mia.id }),
    };
    for (const [name, call] of Object.entries(tries)) expect(await verdict(call()), name).toBe('ROOM_HAS_NO_SEATS');
    expect(await verdict(conversations.leave({ conversationId })), 'its owner stays').toBe('OWNER_STAYS');
    expect(await rowsOf()).toEqual(before);
    expect(await verdict(cast.mia.api.conversations.leave({ conversationId })), 'a follower goes').toBe('done');
    expect(await verdict(cast.tama.api.messages.post({ conversationId, text: 'still open' }))).toBe('done');
  });

  test('T1: a room is handed over like a group, and its new owner keeps it', async () => {
    const room = await cast.owner.api.rooms.create({ name: `Handed over ${dialect}` });
    await cast.mia.api.rooms.follow({ roomId: room.id });
    await cast.owner.api.conversations.update({ conversationId: room.id, ownerId: cast.mia.id });
    expect((await cast.tama.api.rooms.get({ roomId: room.id })).owner?.id).toBe(cast.mia.id);
    expect(await verdict(cast.mia.api.rooms.update({ roomId: room.id, listed: false }))).toBe('done');
    expect(await verdict(cast.owner.api.rooms.update({ roomId: room.id, listed: true }))).not.toBe('done');
  });

  test.each(['allowlist', 'password'] as const)('T1: whoever hands over a room with a door (%s) stays in it', async (access) => {
    const made = { name: `Handed over ${access} ${dialect}`, access, ...(access === 'password' && { password: 'a long password' }) };
    const { id: roomId } = await cast.owner.api.rooms.create(made);
    await cast.owner.api.rooms.allow({ roomId, userId: cast.mia.id });
    await cast.mia.api.rooms.follow({ roomId });
    const updated = await cast.owner.api.conversations.update({ conversationId: roomId, ownerId: cast.mia.id });
    expect(updated.id).toBe(roomId);
    expect(await verdict(cast.owner.api.messages.post({ conversationId: roomId, text: 'still here' }))).toBe('done');
    expect(await verdict(cast.mia.api.rooms.deny({ roomId, userId: cast.owner.id })), 'unless the new owner says otherwise').toBe('done');
    expect(await verdict(cast.owner.api.messages.post({ conversationId: roomId, text: 'gone' }))).not.toBe('done');
  });

  test('T1: a group and a direct chat are no rooms by any door of theirs, not even to their owner or a site admin', async () => {
    const group = await cast.world.group(cast.owner, [cast.mia, cast.tama]);
    const direct = await cast.world.direct(cast.owner, cast.mia);
    const before = await rowsOf();
    for (const { id: roomId } of [group, direct]) {
      for (const { api } of [cast.owner, cast.root]) {
        const { rooms } = api;
        const userId = cast.tama.id;
        const tries = {
          get: () => rooms.get({ roomId }),
          update: () => rooms.update({ roomId, access: 'public', listed: true, name: 'Opened' }),
          close: () => rooms.close({ roomId }),
          enter: () => rooms.enter({ roomId, password: 'a password' }),
          follow: () => rooms.follow({ roomId }),
          unfollow: () => rooms.unfollow({ roomId }),
          allow: () => rooms.allow({ roomId, userId }),
          disallow: () => rooms.disallow({ roomId, userId }),
          deny: () => rooms.deny({ roomId, userId }),
          undeny: () => rooms.undeny({ roomId, userId }),
          allowed: () => rooms.allowed({ roomId }),
          denied: () => rooms.denied({ roomId }),
          subscribe: () => rooms.subscribe({ roomId }),
        };
        for (const [name, call] of Object.entries(tries)) expect(await verdict(call()), name).toBe('NOT_FOUND');
      }
    }
    expect(await rowsOf()).toEqual(before);
  });
});
