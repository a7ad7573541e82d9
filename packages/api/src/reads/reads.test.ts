import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

eachDatabase('what is unread', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'owner', 'outsider']);
  const chat = () => cast.world.group(cast.owner, [cast.mia, cast.tama]);
  const say = (who: typeof cast.mia, conversationId: string, n = 1) =>
    Promise.all(Array.from({ length: n }, (_, i) => who.api.messages.post({ conversationId, text: `${i}` }))).then((all) =>
      Math.max(...all.map((a) => a.message.seq)),
    );
  const unread = async (who: typeof cast.mia, conversationId: string) => {
    const one = await who.api.conversations.get({ conversationId });
    const listed = (await who.api.conversations.list({})).items.find((c) => c.id === conversationId);
    const first = (await who.api.session.snapshot()).conversations.find((c) => c.id === conversationId);
    expect(listed).toEqual(one);
    expect(first).toEqual(one);
    return { count: one.unreadCount, readSeq: one.lastReadSeq };
  };

  test('N1: unread is what others wrote above my mark, on every surface alike', async () => {
    const { id } = await chat();
    const seq = await say(cast.tama, id, 3);
    expect((await unread(cast.mia, id)).count).toBe(3);
    await cast.mia.api.reads.mark({ conversationId: id, seq: seq - 1 });
    expect(await unread(cast.mia, id)).toEqual({ count: 1, readSeq: seq - 1 });
    expect((await unread(cast.owner, id)).count).toBe(3);
  });

  test('N1: the mark only grows, also when marks arrive out of order or at once', async () => {
    const { id } = await chat();
    const seq = await say(cast.tama, id, 5);
    await Promise.all([seq, seq - 3, seq - 1, seq - 2].map((s) => cast.mia.api.reads.mark({ conversationId: id, seq: s })));
    await cast.mia.api.reads.mark({ conversationId: id, seq: 1 });
    expect(await unread(cast.mia, id)).toEqual({ count: 0, readSeq: seq });
  });

  test('N1: a mark beyond the newest message stays at it, so the next message is unread', async () => {
    const { id } = await chat();
    const seq = await say(cast.tama, id);
    await cast.mia.api.reads.mark({ conversationId: id, seq: seq + 1_000 });
    expect(await unread(cast.mia, id)).toEqual({ count: 0, readSeq: seq });
    await say(cast.tama, id);
    expect((await unread(cast.mia, id)).count).toBe(1);
  });

  test('W5: what I write I have read, and all before it', async () => {
    const { id } = await chat();
    await say(cast.tama, id, 4);
    const mine = await say(cast.mia, id);
    expect(await unread(cast.mia, id)).toEqual({ count: 0, readSeq: mine });
    await say(cast.tama, id, 2);
    expect(await unread(cast.mia, id)).toEqual({ count: 2, readSeq: mine });
    expect((await unread(cast.tama, id)).count).toBe(0);
  });

  test('W5: unread is counted to 100 and no further, and exact up to it', async () => {
    const { id } = await chat();
    await say(cast.tama, id, 99);
    expect((await unread(cast.mia, id)).count).toBe(99);
    await say(cast.tama, id, 1);
    expect((await unread(cast.mia, id)).count).toBe(100);
    await say(cast.owner, id, 50);
    expect((await unread(cast.mia, id)).count).toBe(100);
    const mine = await say(cast.mia, id);
    await say(cast.tama, id, 120);
    expect((await unread(cast.mia, id)).count).toBe(100);
    await cast.mia.api.reads.mark({ conversationId: id, seq: mine + 110 });
    expect((await unread(cast.mia, id)).count).toBe(10);
  });

  test('N1: joining, leaving and renaming are not messages and not unread', async () => {
    const { id } = await chat();
    await cast.owner.api.members.add({ conversationId: id, person: cast.outsider.id });
    await cast.owner.api.conversations.update({ conversationId: id, name: 'Renamed' });
    await cast.outsider.api.conversations.leave({ conversationId: id });
    expect((await unread(cast.mia, id)).count).toBe(0);
  });

  test('N1: my other devices hear of it on my own stream, nobody else does', async () => {
    const { id } = await chat();
    const seq = await say(cast.tama, id);
    const before = await cast.world.services.log.head();
    await cast.mia.api.reads.mark({ conversationId: id, seq });
    await cast.mia.api.reads.mark({ conversationId: id, seq }); // again: no event
    const events = await cast.world.services.log.everything(before, 10);
    expect(events).toMatchObject([{ stream: cast.mia.id, type: 'read.moved', subject: id, number: seq }]);
    expect(await verdict(cast.outsider.api.reads.mark({ conversationId: id, seq }))).toBe('NOT_FOUND');
  });
});
