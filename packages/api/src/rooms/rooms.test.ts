import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { anotherProcess } from '../test/process.ts';
import { tally, verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';

const secret = 'kia kaha kia toa';

eachDatabase('rooms', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'owner', 'mia', 'tama']);
  let n = 0;
  const open = (
    rules: { access?: 'public' | 'allowlist' | 'password'; password?: string; listed?: boolean } = {},
    who: Person = cast.owner,
  ) => who.api.rooms.create({ name: `Room ${++n}`, ...rules });
  const post = (who: Person, room: { id: string }, text = 'kia ora') => who.api.messages.post({ conversationId: room.id, text });
  const read = (who: Person, room: { id: string }) => who.api.messages.list({ conversationId: room.id });
  async function names(who: Person, sort: 'name' | 'recent' | 'mine' | 'activity') {
    const all: (string | null)[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof who.api.rooms.list>> = await who.api.rooms.list({ sort, limit: 100, cursor });
      all.push(...page.items.map((r) => r.name));
      cursor = page.nextCursor;
    }
    return all;
  }

  test('C9, R051: a name is one room’s whatever its case and width; macrons are letters, and spaces collapse', async () => {
    const { id } = await cast.owner.api.rooms.create({ name: 'Kōrero  Mai' });
    expect((await cast.mia.api.rooms.get({ roomId: id })).name).toBe('Kōrero Mai');
    for (const name of ['kōrero mai', 'KŌRERO MAI', ' Kōrero\tMai ', 'Ｋōrero Mai'])
      expect(await verdict(cast.mia.api.rooms.create({ name })), name).toBe('ROOM_NAME_TAKEN');
    expect(await verdict(cast.mia.api.rooms.create({ name: 'Korero Mai' }))).toBe('done');
    for (const name of ['', '  ', 'x'.repeat(81)]) expect(await verdict(cast.mia.api.rooms.create({ name })), name).toBe('BAD_INPUT');
    await cast.owner.api.rooms.create({ name: 'Hidden one', listed: false });
    expect(await verdict(cast.mia.api.rooms.create({ name: 'hidden ONE' }))).toBe('ROOM_NAME_TAKEN');
  });

  test('C9: of two who open a room of one name at once, exactly one does, 200 times', async () => {
    await using other = await anotherProcess(cast.world);
    const verdicts: string[] = [];
    for (let round = 0; round < 200; round++) {
      const second = dialect === 'mysql' ? other.as(cast.mia) : cast.mia.api;
      const name = `Race ${round}`;
      const both = await Promise.all([
        verdict(cast.owner.api.rooms.create({ name })),
        verdict(second.rooms.create({ name: name.toUpperCase() })),
      ]);
      expect(both.toSorted()).toEqual(['ROOM_NAME_TAKEN', 'done']);
      verdicts.push(...both);
    }
    process.stdout.write(`C9 [${dialect}]: ${JSON.stringify(tally(verdicts))}\n`);
  });

  test('R053, Q1: whoever is signed in reads and writes in a public room without becoming a member', async () => {
    const room = await open();
    const { message } = await post(cast.mia, room);
    expect((await read(cast.tama, room)).items.map((m) => m.id)).toEqual([message.id]);
    const members = await cast.tama.api.members.list({ conversationId: room.id });
    expect(members.items.map((m) => m.user.id)).toEqual([cast.owner.id]);
    expect((await cast.mia.api.conversations.list({ limit: 100 })).items.map((c) => c.id)).not.toContain(room.id);
  });

  test('UI38: the list is searched by any part of the name, whatever its case, with or without macrons, and pages', async () => {
    for (const name of ['Waka tētē', 'WAKA Tete', 'Te Tete', 'Percent 100%', 'Secret tete'])
      await cast.owner.api.rooms.create({ name, ...(name.startsWith('Secret') && { access: 'allowlist', listed: false }) });
    const found = async (query: string) => (await cast.mia.api.rooms.list({ query })).items.map((r) => r.name);
    expect(await found('tete')).toEqual(['Te Tete', 'WAKA Tete', 'Waka tētē']);
    expect(await found(' TĒTĒ ')).toEqual(['Te Tete', 'WAKA Tete', 'Waka tētē']);
    expect(await found('%')).toEqual(['Percent 100%']);
    expect(await found('no such room')).toEqual([]);
    const first = await cast.mia.api.rooms.list({ query: 'tete', limit: 2 });
    const rest = await cast.mia.api.rooms.list({ query: 'tete', limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...rest.items].map((r) => r.name)).toEqual(await found('tete'));
    expect(await verdict(cast.mia.api.rooms.list({ query: 'other', cursor: first.nextCursor }))).toBe('CURSOR_INVALID');
  });

  test('K1: a room that one may enter is a conversation also to whoever does not follow it, with no role in it', async () => {
    const [room, closed] = [await open(), await open({ access: 'allowlist' })];
    const get = (id: string) => cast.mia.api.conversations.get({ conversationId: id });
    const { message } = await post(cast.owner, room);
    expect(await get(room.id)).toMatchObject({
      id: room.id,
      kind: 'room',
      myRole: null,
      seq: message.seq,
      lastMessage: { id: message.id },
    });
    await cast.mia.api.rooms.follow({ roomId: room.id });
    expect(await get(room.id)).toMatchObject({ myRole: 'member' });
    expect(await verdict(get(closed.id))).toBe('ROOM_ACCESS_DENIED');
  });

  test('R064, K10: a room for those on its list: others know its name and nothing else', async () => {
    const room = await open({ access: 'allowlist' });
    await post(cast.owner, room, 'only for us');
    for (const call of [() => read(cast.mia, room), () => post(cast.mia, room), () => cast.mia.api.rooms.follow({ roomId: room.id })])
      expect(await verdict(call())).toBe('ROOM_ACCESS_DENIED');
    expect(await verdict(cast.mia.api.rooms.subscribe({ roomId: room.id }))).toBe('ROOM_ACCESS_DENIED');
    expect(await cast.mia.api.rooms.get({ roomId: room.id })).toMatchObject({ canEnter: false, lastMessage: null, unreadCount: 0, seq: 0 });
    await cast.owner.api.rooms.allow({ roomId: room.id, userId: cast.mia.id });
    expect((await read(cast.mia, room)).items).toHaveLength(1);
    expect(await verdict(post(cast.mia, room))).toBe('done');
    await cast.owner.api.rooms.disallow({ roomId: room.id, userId: cast.mia.id });
    expect(await verdict(read(cast.mia, room))).toBe('ROOM_ACCESS_DENIED');
  });

  test('K10: a room that is not listed does not exist for outsiders, and stands in no list of theirs', async () => {
    const room = await open({ access: 'allowlist', listed: false });
    for (const call of [() => read(cast.mia, room), () => post(cast.mia, room), () => cast.mia.api.rooms.get({ roomId: room.id })])
      expect(await verdict(call())).toBe('NOT_FOUND');
    expect(await names(cast.mia, 'name')).not.toContain(room.name);
    expect(await names(cast.owner, 'name')).toContain(room.name);
  });

  test('R065, Q2: who is denied is out of everything, grant or not; the owner cannot be denied', async () => {
    const room = await open({ access: 'password', password: secret });
    await cast.mia.api.rooms.enter({ roomId: room.id, password: secret });
    await cast.mia.api.rooms.follow({ roomId: room.id });
    await cast.owner.api.rooms.deny({ roomId: room.id, userId: cast.mia.id });
    for (const call of [
      () => read(cast.mia, room),
      () => post(cast.mia, room),
      () => cast.mia.api.rooms.enter({ roomId: room.id, password: secret }),
    ])
      expect(await verdict(call())).toBe('ROOM_ACCESS_DENIED');
    expect((await cast.mia.api.conversations.list({ limit: 100 })).items.map((c) => c.id)).not.toContain(room.id);
    expect(await verdict(cast.root.api.rooms.deny({ roomId: room.id, userId: cast.owner.id }))).toBe('OWNER_STAYS');
    await cast.owner.api.rooms.allow({ roomId: room.id, userId: cast.mia.id }); // the newer word holds
    expect(await verdict(post(cast.mia, room))).toBe('done');
  });

  test('R066, Q3: a password opens until it changes; five wrong ones and the door is shut for a while', async () => {
    const room = await open({ access: 'password', password: secret });
    expect(await verdict(read(cast.mia, room))).toBe('ROOM_ACCESS_DENIED');
    expect(await verdict(cast.mia.api.rooms.enter({ roomId: room.id, password: 'wrong' }))).toBe('ROOM_PASSWORD_WRONG');
    await cast.mia.api.rooms.enter({ roomId: room.id, password: secret });
    expect(await verdict(post(cast.mia, room))).toBe('done');
    expect(JSON.stringify(await cast.owner.api.rooms.update({ roomId: room.id, password: `${secret} 2` }))).not.toMatch(/kia kaha|argon/);
    expect(await verdict(post(cast.mia, room))).toBe('ROOM_ACCESS_DENIED');
    expect(await verdict(post(cast.owner, room))).toBe('done');
    expect(await verdict(cast.mia.api.rooms.enter({ roomId: room.id, password: secret }))).toBe('ROOM_PASSWORD_WRONG');
    expect(await verdict(cast.mia.api.rooms.enter({ roomId: room.id, password: `${secret} 2` }))).toBe('done');
  });

  test('Q3: with the right password one enters a room that is not listed; with a wrong one it does not exist', async () => {
    const room = await open({ access: 'password', password: secret, listed: false });
    expect(await verdict(cast.mia.api.rooms.enter({ roomId: room.id, password: 'wrong' }))).toBe('NOT_FOUND');
    expect(await verdict(cast.mia.api.rooms.enter({ roomId: room.id, password: secret }))).toBe('done');
    expect(await verdict(post(cast.mia, room))).toBe('done');
  });

  test('Q4: another access mode keeps lists and messages; a password is given where one is needed', async () => {
    const room = await open();
    await post(cast.mia, room);
    await cast.owner.api.rooms.allow({ roomId: room.id, userId: cast.tama.id });
    await cast.owner.api.rooms.update({ roomId: room.id, access: 'allowlist' });
    expect([await verdict(read(cast.mia, room)), await verdict(read(cast.tama, room))]).toEqual(['ROOM_ACCESS_DENIED', 'done']);
    expect(await verdict(cast.owner.api.rooms.update({ roomId: room.id, access: 'password' }))).toBe('BAD_INPUT');
    expect(await verdict(cast.owner.api.rooms.update({ roomId: room.id, password: secret }))).toBe('BAD_INPUT');
    await cast.owner.api.rooms.update({ roomId: room.id, access: 'public' });
    expect((await read(cast.mia, room)).items).toHaveLength(1);
  });

  test('§2.4: owner, room admin and site moderators keep a room; others may not', async () => {
    const room = await open();
    for (const call of [
      () => cast.mia.api.rooms.update({ roomId: room.id, name: `Taken over ${n}` }),
      () => cast.mia.api.rooms.deny({ roomId: room.id, userId: cast.tama.id }),
      () => cast.mia.api.rooms.allowed({ roomId: room.id }),
    ])
      expect(await verdict(call())).toBe('FORBIDDEN');
    expect(await verdict(cast.root.api.rooms.update({ roomId: room.id, name: `Kept ${n}` }))).toBe('done');
    expect(await verdict(cast.owner.api.rooms.deny({ roomId: room.id, userId: cast.tama.id }))).toBe('done');
    expect((await cast.owner.api.rooms.denied({ roomId: room.id })).items.map((e) => e.user.id)).toEqual([cast.tama.id]);
  });

  test('D-del4: a closed room is gone for all, and its name is free again', async () => {
    const room = await open();
    expect(await verdict(cast.mia.api.rooms.close({ roomId: room.id }))).toBe('FORBIDDEN');
    await cast.owner.api.rooms.close({ roomId: room.id });
    expect(['NOT_FOUND', 'CONVERSATION_CLOSED']).toContain(await verdict(read(cast.mia, room)));
    expect(await verdict(post(cast.owner, room))).toBe('CONVERSATION_CLOSED');
    expect(await names(cast.owner, 'name')).not.toContain(room.name);
    expect(await verdict(cast.mia.api.rooms.create({ name: room.name ?? '' }))).toBe('done');
  });

  test('R063, Q5: rooms sort by my visits and by my messages, for each of us by our own', async () => {
    const [one, two] = [await open(), await open()];
    cast.world.clock.now += 1_000;
    await cast.mia.api.rooms.get({ roomId: two.id });
    cast.world.clock.now += 1_000;
    await read(cast.mia, one);
    expect((await names(cast.mia, 'recent')).slice(0, 2)).toEqual([one.name, two.name]);
    for (let i = 0; i < 3; i++) await post(cast.mia, two);
    await post(cast.mia, one);
    for (let i = 0; i < 4; i++) await post(cast.tama, one);
    const among = (list: (string | null)[]) => list.filter((name) => name === one.name || name === two.name);
    expect(among(await names(cast.mia, 'mine'))).toEqual([two.name, one.name]);
    expect(among(await names(cast.tama, 'mine'))).toEqual([one.name, two.name]);
    expect(among(await names(cast.tama, 'activity'))).toEqual([one.name, two.name]);
    await cast.world.services.jobs.idle();
    expect(among(await names(cast.mia, 'mine'))).toEqual([two.name, one.name]);
    const all = await names(cast.mia, 'name');
    expect(all).toEqual(all.toSorted((a, b) => Buffer.compare(Buffer.from((a ?? '').toLowerCase()), Buffer.from((b ?? '').toLowerCase()))));
  });

  test('Q5: writing in a room counts as a visit', async () => {
    const [one, two] = [await open(), await open()];
    cast.world.clock.now += 1_000;
    await post(cast.mia, two);
    cast.world.clock.now += 1_000;
    await post(cast.mia, one);
    await eventually(
      'both visits are kept',
      async () => (await names(cast.mia, 'recent')).slice(0, 2).join() === [one.name, two.name].join(),
    );
  });

  test('M12: following puts a room among my conversations, and leaving it is no more than unfollowing', async () => {
    const room = await open();
    const mine = async () => (await cast.mia.api.conversations.list({ limit: 100 })).items.map((c) => c.id);
    await cast.mia.api.rooms.follow({ roomId: room.id });
    await cast.mia.api.rooms.follow({ roomId: room.id });
    expect(await mine()).toContain(room.id);
    await cast.mia.api.rooms.unfollow({ roomId: room.id });
    await cast.mia.api.rooms.unfollow({ roomId: room.id });
    expect(await mine()).not.toContain(room.id);
    expect(await verdict(post(cast.mia, room))).toBe('done');
    await cast.mia.api.rooms.follow({ roomId: room.id });
    expect(await mine()).toContain(room.id);
    expect(await verdict(cast.owner.api.rooms.unfollow({ roomId: room.id }))).toBe('OWNER_STAYS');
  });
});
