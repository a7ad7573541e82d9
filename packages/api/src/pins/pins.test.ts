import { limits, type Message } from '@koreromai/contract';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { tally, verdict } from '../test/refused.ts';

const names = ['mia', 'tama', 'rangi', 'outsider'] as const;
type Name = (typeof names)[number];

eachDatabase('pins', (dialect: Dialect) => {
  const cast = createCast(dialect, names);
  const group = () => cast.world.group(cast.mia, [cast.tama, cast.rangi]);
  const say = async (who: Name, conversationId: string, text = 'kia ora') =>
    (await cast[who].api.messages.post({ conversationId, text })).message;
  const pin = (who: Name, messageId: string) => {
    cast.world.clock.now += 1;
    return cast[who].api.pins.add({ messageId });
  };
  const unpin = (who: Name, messageId: string) => cast[who].api.pins.remove({ messageId });
  const pinned = async (who: Name, conversationId: string) =>
    (await cast[who].api.pins.list({ conversationId, limit: 100 })).items.map((p) => p.message.id);
  const types = async (since: number) => (await cast.world.services.log.everything(since, 10_000)).map((e) => e.type);

  test('anybody in a group pins and takes off; the newest pin comes first, with who pinned it', async () => {
    const { id } = await group();
    const [one, two] = [await say('mia', id), await say('tama', id)];
    expect((await pin('rangi', one.id)).pinned).toBe(true);
    await pin('tama', two.id);
    const { items } = await cast.mia.api.pins.list({ conversationId: id });
    expect(items.map((p) => [p.message.id, p.message.pinned, p.pinnedBy.id])).toEqual([
      [two.id, true, cast.tama.id],
      [one.id, true, cast.rangi.id],
    ]);
    expect((await cast.mia.api.messages.list({ conversationId: id })).items.map((m) => m.pinned)).toEqual([true, true]);
    expect((await unpin('mia', one.id)).pinned).toBe(false);
    expect(await pinned('rangi', id)).toEqual([two.id]);
  });

  test('the same again changes nothing and tells nobody', async () => {
    const { id } = await group();
    const one = await say('mia', id);
    const since = await cast.world.services.log.head();
    for (let i = 0; i < 2; i++) await pin('tama', one.id);
    await pin('mia', one.id);
    for (let i = 0; i < 2; i++) await unpin('mia', one.id);
    expect(await types(since)).toEqual(['pin.added', 'pin.removed']);
  });

  test('P1, T2: strangers learn nothing; what somebody may not see they neither pin nor find pinned', async () => {
    const { id } = await group();
    const early = await say('mia', id);
    await pin('mia', early.id);
    expect(await verdict(pin('outsider', early.id))).toBe('NOT_FOUND');
    expect(await verdict(cast.outsider.api.pins.list({ conversationId: id }))).toBe('NOT_FOUND');
    await cast.mia.api.members.add({ conversationId: id, person: cast.outsider.id });
    expect([await verdict(pin('outsider', early.id)), await verdict(unpin('outsider', early.id))]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(await pinned('outsider', id)).toEqual([]); // R037
    const late = await say('tama', id);
    await pin('outsider', late.id);
    await cast.rangi.api.messages.delete({ messageId: late.id, for: 'me' });
    expect([await pinned('mia', id), await pinned('outsider', id), await pinned('rangi', id)]).toEqual([
      [late.id, early.id],
      [late.id],
      [early.id],
    ]);
    await cast.tama.api.conversations.clear({ conversationId: id });
    expect(await pinned('tama', id)).toEqual([]);
  });

  test('H3: who came after the message hears nothing of its pin, those who see it hear by replay and live', async () => {
    const { id } = await group();
    const early = await say('mia', id);
    await cast.mia.api.members.add({ conversationId: id, person: cast.outsider.id });
    const since = await cast.world.services.log.head();
    await pin('mia', early.id);
    const heard = async (who: Name) => {
      const feed = cast.world.subscribe(cast[who], since);
      await eventually('the replay ends', () => feed.frames.some((f) => f.frame.type === 'checkpoint'));
      await feed.stop();
      return feed.frames.map((f) => f.frame.type);
    };
    expect(await heard('tama')).toContain('pin.added');
    expect(await heard('outsider')).not.toContain('pin.added');
  });

  test('D-del2: deleted for everyone, a message is pinned no more, and cannot be', async () => {
    const { id } = await group();
    const one = await say('mia', id);
    await pin('tama', one.id);
    await cast.mia.api.messages.delete({ messageId: one.id });
    expect(await pinned('tama', id)).toEqual([]);
    expect((await cast.tama.api.messages.get({ messageId: one.id })).pinned).toBe(false);
    expect([await verdict(pin('tama', one.id)), await verdict(unpin('tama', one.id))]).toEqual(['MESSAGE_DELETED', 'done']);
  });

  test('a chat has a bounded number of pins, also when many pin at once', async () => {
    const { id } = await group();
    const messages: Message[] = [];
    for (let i = 0; i < limits.pins.perConversation + 5; i++) messages.push(await say('mia', id));
    const verdicts = await Promise.all(messages.map((m) => verdict(pin('tama', m.id))));
    expect(tally(verdicts)).toEqual({ done: limits.pins.perConversation, TOO_MANY_PINS: 5 });
    const [first] = await pinned('mia', id);
    const left = messages.find((_, i) => verdicts[i] !== 'done');
    await unpin('mia', first ?? '');
    expect(await verdict(pin('mia', left?.id ?? ''))).toBe('done');
  });

  test('§2.4: in a room those who keep it pin, and everybody reads', async () => {
    const { id } = await cast.tama.api.rooms.create({ name: `Pinned ${cast.world.clock.now}` });
    const one = await say('rangi', id);
    expect([await verdict(pin('rangi', one.id)), await verdict(pin('outsider', one.id))]).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    await pin('tama', one.id);
    expect(await pinned('outsider', id)).toEqual([one.id]);
    expect(await verdict(unpin('rangi', one.id))).toBe('FORBIDDEN');
    await unpin('mia', one.id); // runs the instance
    expect(await pinned('outsider', id)).toEqual([]);
  });

  test('B1: in a direct chat nobody pins towards who has blocked them, and may still take off', async () => {
    const { id } = await cast.world.direct(cast.tama, cast.rangi);
    const [one, two] = [await say('tama', id), await say('tama', id)];
    await pin('rangi', one.id);
    await cast.rangi.api.blocks.add({ userId: cast.tama.id });
    try {
      expect([await verdict(pin('tama', two.id)), await verdict(unpin('tama', one.id))]).toEqual(['CANNOT_MESSAGE', 'done']);
    } finally {
      await cast.rangi.api.blocks.remove({ userId: cast.tama.id });
    }
  });
});
