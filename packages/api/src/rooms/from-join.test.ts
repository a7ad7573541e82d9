import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { beforeAll, expect, test } from 'vitest';
import { standingFor } from '../services.ts';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

const names = ['owner', 'mia', 'tama'] as const;
type Name = (typeof names)[number];
const password = 'kia kaha kia toa';

eachDatabase('H1: rooms that show what is said since one joined', (dialect: Dialect) => {
  const cast = createCast(dialect, names);
  beforeAll(async () => {
    await cast.mia.api.users.updateMe({ username: 'mia' });
  });
  let n = 0;
  const guarded = async (history: 'all' | 'fromJoin' = 'fromJoin') =>
    (await cast.owner.api.rooms.create({ name: `Since ${++n}`, access: 'password', password, history })).id;
  const listed = async () => {
    const { id } = await cast.owner.api.rooms.create({ name: `Since ${++n}`, access: 'allowlist', history: 'fromJoin' });
    for (const who of ['mia', 'tama'] as const) await cast.owner.api.rooms.allow({ roomId: id, userId: cast[who].id });
    return id;
  };
  const enter = (who: Name, roomId: string, word = password) => cast[who].api.rooms.enter({ roomId, password: word });
  const say = async (who: Name, conversationId: string, text = 'kia ora') =>
    (await cast[who].api.messages.post({ conversationId, text })).message;
  const sees = async (who: Name, conversationId: string) =>
    (await cast[who].api.messages.list({ conversationId, order: 'asc', limit: 100 })).items.map((m) => m.id);

  test('H1, Q1: only rooms that not everybody may enter have it, and the room says so', async () => {
    expect(await verdict(cast.owner.api.rooms.create({ name: `Open ${++n}`, history: 'fromJoin' }))).toBe('BAD_INPUT');
    const roomId = await guarded();
    expect((await cast.owner.api.rooms.get({ roomId })).history).toBe('fromJoin');
    expect(await verdict(cast.owner.api.rooms.update({ roomId, access: 'public' }))).toBe('BAD_INPUT');
    await cast.owner.api.rooms.update({ roomId, access: 'public', history: 'all' });
    expect(await verdict(cast.owner.api.rooms.update({ roomId, history: 'fromJoin' }))).toBe('BAD_INPUT');
    expect((await cast.owner.api.rooms.get({ roomId })).history).toBe('all');
  });

  test('R037: who joins sees what is said from then on, on every surface', async () => {
    const roomId = await guarded();
    const head = await cast.world.services.log.head();
    const before = await say('owner', roomId, 'tawhito @mia');
    await cast.owner.api.pins.add({ messageId: before.id });
    await enter('mia', roomId);
    const reply = (await cast.owner.api.messages.post({ conversationId: roomId, text: 'tawhito hou', replyToId: before.id })).message;
    await cast.world.services.caughtUp();
    const { api } = cast.mia;
    expect(await sees('mia', roomId)).toEqual([reply.id]);
    expect((await api.messages.get({ messageId: reply.id })).replyTo).toEqual({ unavailable: true });
    const refused = [
      api.messages.get({ messageId: before.id }),
      api.reactions.like({ messageId: before.id }),
      api.reactions.list({ messageId: before.id }),
      api.messages.revisions({ messageId: before.id }),
      api.messages.delete({ messageId: before.id, for: 'me' }),
      api.messages.post({ conversationId: roomId, text: 'to that', replyToId: before.id }),
      api.previews.list({ messageId: before.id }),
    ];
    expect(new Set(await Promise.all(refused.map(verdict)))).toEqual(new Set(['NOT_FOUND']));
    expect((await api.search.messages({ q: 'tawhito' })).items.map((m) => m.id)).toEqual([reply.id]);
    expect((await api.search.messages({ q: 'tawhito', in: roomId })).items.map((m) => m.id)).toEqual([reply.id]);
    expect((await api.pins.list({ conversationId: roomId })).items).toEqual([]);
    expect((await api.messages.mentions({})).items.map((m) => m.id)).not.toContain(before.id);
    const views = [await api.conversations.get({ conversationId: roomId }), await api.rooms.get({ roomId })];
    const inLists = [(await api.conversations.list({})).items, (await api.rooms.list({})).items].map((page) =>
      page.find((c) => c.id === roomId),
    );
    for (const view of [...views, ...inLists])
      expect(view).toMatchObject({ unreadCount: 1, mentionCount: 0, lastMessage: { id: reply.id, replyTo: { unavailable: true } } });
    const feed = cast.world.subscribe(cast.mia, head);
    await eventually('the replay ends', () => feed.frames.some((f) => f.frame.type === 'checkpoint'));
    await feed.stop();
    const told = JSON.stringify(feed.frames);
    expect([told.includes(reply.id), told.includes(before.id)]).toEqual([true, false]);
  });

  test('H1: who may enter and has not joined sees and writes nothing; following is joining', async () => {
    const roomId = await listed();
    await say('owner', roomId);
    expect(await sees('mia', roomId)).toEqual([]);
    expect((await cast.mia.api.rooms.get({ roomId })).lastMessage).toBeNull();
    expect((await cast.mia.api.search.messages({ q: 'kia', in: roomId })).items).toEqual([]);
    expect(await verdict(cast.mia.api.messages.post({ conversationId: roomId, text: 'I too' }))).toBe('JOIN_FIRST');
    expect((await say('owner', roomId, '@mia')).mentions).toEqual([]);
    await cast.mia.api.rooms.follow({ roomId });
    const mine = await say('mia', roomId);
    expect(await sees('mia', roomId)).toEqual([mine.id]);
  });

  test('H2: stays are united: what was said while away stays invisible, after the door was shut too', async () => {
    const roomId = await listed();
    const { api } = cast.mia;
    await api.rooms.follow({ roomId });
    const one = await say('owner', roomId);
    await api.rooms.unfollow({ roomId });
    await say('owner', roomId, 'away');
    expect(await sees('mia', roomId)).toEqual([]);
    await api.rooms.follow({ roomId });
    const two = await say('owner', roomId);
    await cast.owner.api.rooms.disallow({ roomId, userId: cast.mia.id });
    await say('owner', roomId, 'away again');
    expect(await verdict(sees('mia', roomId))).toBe('ROOM_ACCESS_DENIED');
    await cast.owner.api.rooms.allow({ roomId, userId: cast.mia.id });
    await api.rooms.follow({ roomId });
    const three = await say('owner', roomId);
    await cast.owner.api.rooms.deny({ roomId, userId: cast.mia.id });
    await say('owner', roomId, 'denied');
    await cast.owner.api.rooms.allow({ roomId, userId: cast.mia.id });
    await api.rooms.follow({ roomId });
    const four = await say('owner', roomId);
    expect(await sees('mia', roomId)).toEqual([one.id, two.id, three.id, four.id]);
  });

  test('Q3: who enters again with a new password sees nothing of what was said in between', async () => {
    const roomId = await guarded();
    await enter('mia', roomId);
    const one = await say('owner', roomId);
    await cast.mia.api.reads.mark({ conversationId: roomId, seq: one.seq });
    await cast.owner.api.rooms.update({ roomId, password: 'another one for today' });
    await say('owner', roomId, 'in between');
    await enter('mia', roomId, 'another one for today');
    const two = await say('owner', roomId);
    await enter('mia', roomId, 'another one for today'); // once more changes nothing
    expect(await sees('mia', roomId)).toEqual([one.id, two.id]);
  });

  test('H5: turned on or off, it changes nothing for the stays that stand', async () => {
    const roomId = await guarded('all');
    for (const who of ['mia', 'tama'] as const) await enter(who, roomId);
    const one = await say('owner', roomId);
    await cast.mia.api.rooms.follow({ roomId });
    await cast.owner.api.rooms.update({ roomId, history: 'fromJoin' });
    const two = await say('owner', roomId);
    await cast.tama.api.rooms.follow({ roomId });
    const three = await say('owner', roomId);
    const all = [one.id, two.id, three.id];
    expect([await sees('owner', roomId), await sees('mia', roomId), await sees('tama', roomId)]).toEqual([all, all, [three.id]]);
    await cast.owner.api.rooms.update({ roomId, history: 'all' });
    expect([await sees('mia', roomId), await sees('tama', roomId)]).toEqual([all, [three.id]]);
    await cast.tama.api.rooms.unfollow({ roomId });
    await cast.tama.api.rooms.follow({ roomId }); // a stay that was opened afterwards
    expect(await sees('tama', roomId)).toEqual(all);
  });

  test('L5: who listens without having joined is cut off when it is turned on', async () => {
    const roomId = await guarded('all');
    await enter('mia', roomId);
    const standing = await standingFor(cast.world.services, () => [roomId])(cast.mia.id);
    expect(standing.has(roomId)).toBe(true);
    await cast.owner.api.rooms.update({ roomId, history: 'fromJoin' });
    const types = (await cast.world.services.log.everything(0, 100_000)).filter((e) => e.stream === roomId).map((e) => e.type);
    expect(types.at(-1)).toBe('access.changed');
    const after = await standingFor(cast.world.services, () => [roomId])(cast.mia.id);
    expect(after.has(roomId)).toBe(false);
  });
});
