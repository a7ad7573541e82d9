import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

eachDatabase('marking as unread by hand', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'rangi', 'outsider']);
  const group = async () => (await cast.world.group(cast.mia, [cast.tama, cast.rangi])).id;
  const say = async (who: 'mia' | 'tama', conversationId: string) =>
    (await cast[who].api.messages.post({ conversationId, text: 'kia ora' })).message.seq;
  const state = async (conversationId: string) => {
    const { unreadCount, lastReadSeq } = await cast.tama.api.conversations.get({ conversationId });
    return { unreadCount, lastReadSeq };
  };
  const mark = (conversationId: string, seq: number) => cast.tama.api.reads.mark({ conversationId, seq });
  const unread = (conversationId: string, seq: number) => cast.tama.api.reads.unread({ conversationId, seq });
  const types = async (since: number) =>
    (await cast.world.services.log.everything(since, 1_000)).filter((e) => e.stream === cast.tama.id).map((e) => [e.type, e.number]);

  test('UI6, N1: from that message on everything is unread again, and reading goes on from there', async () => {
    const id = await group();
    const [one, two, three] = [await say('mia', id), await say('mia', id), await say('mia', id)];
    await mark(id, three);
    expect(await state(id)).toEqual({ unreadCount: 0, lastReadSeq: three });
    await unread(id, two);
    expect(await state(id)).toEqual({ unreadCount: 2, lastReadSeq: one });
    expect((await cast.tama.api.conversations.list({})).items.find((c) => c.id === id)?.unreadCount).toBe(2);
    await mark(id, one); // no further than it stands
    expect((await state(id)).unreadCount).toBe(2);
    await mark(id, two);
    expect(await state(id)).toEqual({ unreadCount: 1, lastReadSeq: two });
    await mark(id, three);
    expect(await state(id)).toEqual({ unreadCount: 0, lastReadSeq: three });
    await mark(id, one);
    expect((await state(id)).lastReadSeq).toBe(three); // N1: monotone again
  });

  test('N1, W5: what I had answered can be unread again, and my next words read it', async () => {
    const id = await group();
    const one = await say('mia', id);
    await say('tama', id);
    const three = await say('mia', id);
    await unread(id, one);
    expect(await state(id)).toEqual({ unreadCount: 2, lastReadSeq: one - 1 });
    await mark(id, one);
    expect(await state(id)).toEqual({ unreadCount: 1, lastReadSeq: one });
    const mine = await say('tama', id);
    expect(mine).toBeGreaterThan(three);
    expect(await state(id)).toEqual({ unreadCount: 0, lastReadSeq: mine });
  });

  test('N1: all my devices are told, once for each change, and nobody else', async () => {
    const id = await group();
    const one = await say('mia', id);
    await mark(id, one);
    const since = await cast.world.services.log.head();
    for (let i = 0; i < 3; i++) await unread(id, one);
    expect(await types(since)).toEqual([['unread.marked', one - 1]]);
    expect(await cast.world.services.log.everything(since, 10)).toHaveLength(1);
    await unread(id, one + 1_000); // not there yet
    expect(await cast.world.services.log.everything(since, 10)).toHaveLength(1);
    await mark(id, one);
    expect(await types(since)).toEqual([
      ['unread.marked', one - 1],
      ['read.moved', one],
    ]);
  });

  test('N2: what the others know of my reading stays', async () => {
    const id = await group();
    const [one, two] = [await say('mia', id), await say('mia', id)];
    await mark(id, two);
    await unread(id, one);
    await mark(id, one);
    const receipts = await cast.mia.api.reads.list({ conversationId: id });
    expect(receipts.items.find((r) => r.user.id === cast.tama.id)?.lastReadSeq).toBe(two);
  });

  test('D-del3: clearing ends it; H1: what one may not see does not count', async () => {
    const id = await group();
    const one = await say('mia', id);
    await mark(id, one);
    await unread(id, one);
    await cast.tama.api.conversations.clear({ conversationId: id });
    expect((await state(id)).unreadCount).toBe(0);
    const two = await say('mia', id);
    await mark(id, two);
    await unread(id, 1);
    expect((await state(id)).unreadCount).toBe(1);
    expect(await verdict(cast.outsider.api.reads.unread({ conversationId: id, seq: 1 }))).toBe('NOT_FOUND');
    expect(await verdict(unread(id, 0))).toBe('BAD_INPUT');
  });

  test('UI6: rooms too, whether one follows them or not', async () => {
    const { id } = await cast.mia.api.rooms.create({ name: `Unread ${cast.world.clock.now}` });
    const [one, two] = [await say('mia', id), await say('mia', id)];
    await mark(id, two);
    await unread(id, one);
    expect((await cast.tama.api.rooms.get({ roomId: id })).unreadCount).toBe(2);
    await cast.tama.api.rooms.follow({ roomId: id });
    expect((await state(id)).unreadCount).toBe(2);
  });
});
