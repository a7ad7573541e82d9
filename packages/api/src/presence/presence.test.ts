import { limits } from '@koreromai/contract';
import { bytesOf } from '@koreromai/db';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';
import { createPace } from './typing.ts';

eachDatabase('what passes', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'rangi', 'outsider'], { presenceGrace: 30 });

  /** What each of these people hears of presence and typing while `during` runs; `bell` makes sure that all of it has come. */
  async function heard(people: readonly Person[], during: () => Promise<unknown>) {
    const feeds = people.map((who) => cast.world.subscribe(who, null));
    await eventually('all are live', () => feeds.every((f) => f.frames.some(({ frame }) => frame.type === 'checkpoint')));
    await during();
    const bell = { type: 'presence', userId: cast.world.services.publicUrl, online: true } as const;
    cast.world.services.bus.whisper({ frame: bell, streams: people.map((p) => p.id), except: [] });
    await eventually('the bell', () => feeds.every((f) => f.frames.some(({ frame }) => frame === bell)));
    await Promise.all(feeds.map((f) => f.stop()));
    return feeds.map((f) => f.frames.map(({ frame }) => frame).filter((x) => (x.type === 'typing' || x.type === 'presence') && x !== bell));
  }
  const later = () => {
    cast.world.clock.now += limits.typing.every;
  };
  const type = (who: Person, conversationId: string) => {
    later();
    return who.api.presence.typing({ conversationId });
  };

  test('L6, D9: typing is told to the others who are there now, not to oneself and to nobody outside', async () => {
    const { id } = await cast.world.group(cast.mia, [cast.tama, cast.rangi]);
    await cast.rangi.api.conversations.leave({ conversationId: id });
    const people = [cast.mia, cast.tama, cast.rangi, cast.outsider];
    const told = await heard(people, () => type(cast.mia, id));
    expect(told).toEqual([[], [expect.objectContaining({ type: 'typing', stream: id, userId: cast.mia.id })], [], []]);
    for (const who of [cast.rangi, cast.outsider]) expect(await verdict(who.api.presence.typing({ conversationId: id }))).toBe('NOT_FOUND');
    const streams: string[] = [];
    const stop = cast.world.services.bus.overhear((whisper) => void streams.push(...whisper.streams));
    await type(cast.mia, id);
    stop();
    expect(streams).toEqual([cast.tama.id]);
    const none = await heard(people, async () => {
      later();
      await verdict(cast.outsider.api.presence.typing({ conversationId: id }));
      await verdict(cast.mia.api.presence.typing({ conversationId: id, userId: cast.tama.id } as never));
    });
    expect(none).toEqual([[], [], [], []]);
  });

  test('L6: it is told once in three seconds for each person and conversation', async () => {
    const [one, two] = [
      await cast.world.group(cast.mia, [cast.tama, cast.rangi]),
      await cast.world.group(cast.mia, [cast.tama, cast.rangi]),
    ];
    later();
    const typed = async (who: Person, { id }: { id: string }) => who.api.presence.typing({ conversationId: id });
    const [told] = await heard([cast.rangi], async () => {
      await Promise.all([typed(cast.mia, one), typed(cast.mia, one), typed(cast.mia, two), typed(cast.tama, one)]);
      cast.world.clock.now += limits.typing.every - 1;
      await typed(cast.mia, one);
      cast.world.clock.now += 1;
      await typed(cast.mia, one);
    });
    const count = (who: Person, { id }: { id: string }) =>
      told?.filter((f) => f.type === 'typing' && f.userId === who.id && f.stream === id).length;
    expect([count(cast.mia, one), count(cast.mia, two), count(cast.tama, one)]).toEqual([2, 1, 1]);
  });

  test('C14, B1: across a block, whoever made it, neither typing nor presence is told or answered; the third one is told', async () => {
    for (const [blocker, blocked] of [
      [cast.mia, cast.tama],
      [cast.tama, cast.mia],
    ] as const) {
      const { id } = await cast.world.group(cast.mia, [cast.tama, cast.rangi]);
      await blocker.api.blocks.add({ userId: blocked.id });
      const told = await heard([cast.mia, cast.tama, cast.rangi], async () => {
        await type(cast.mia, id);
        await type(cast.tama, id);
        const close = cast.world.services.presence.opened(cast.mia.id);
        await eventually('it is told', async () => cast.world.services.presence.isOnline(cast.mia.id));
        close();
        await eventually('it is over', () => !cast.world.services.presence.isOnline(cast.mia.id));
      });
      expect(told.slice(0, 2)).toEqual([[], []]);
      expect(told[2]?.filter((f) => f.type === 'typing')).toHaveLength(2);
      expect((await cast.tama.api.presence.list({ userIds: [cast.mia.id] })).items).toEqual([]);
      expect((await cast.mia.api.presence.list({ userIds: [cast.tama.id] })).items).toEqual([]);
      expect((await cast.rangi.api.presence.list({ userIds: [cast.mia.id] })).items).toHaveLength(1);
      await blocker.api.blocks.remove({ userId: blocked.id });
    }
  });

  test('D9: coming and going is told once each to those who share a chat, and to nobody else', async () => {
    await cast.world.direct(cast.mia, cast.tama);
    const { presence } = cast.world.services;
    const feed = cast.world.subscribe(cast.tama, null);
    const told = () => feed.frames.flatMap(({ frame }) => (frame.type === 'presence' ? [[frame.userId, frame.online]] : []));
    const [stranger] = await heard([cast.outsider], async () => {
      await eventually('tama is live', () => feed.frames.length > 0);
      const [first, second] = [presence.opened(cast.mia.id), presence.opened(cast.mia.id)];
      await eventually('it is told', () => told().length === 1);
      first();
      first(); // twice is no mistake
      expect((await cast.tama.api.presence.list({ userIds: [cast.mia.id] })).items).toEqual([{ userId: cast.mia.id, online: true }]);
      second();
      presence.opened(cast.mia.id)(); // back within the grace: nothing to tell
      await eventually('the going is told', () => told().length === 2);
    });
    expect(told()).toEqual([
      [cast.mia.id, true],
      [cast.mia.id, false],
    ]);
    expect(stranger).toEqual([]);
    expect((await cast.tama.api.presence.list({ userIds: [cast.mia.id] })).items).toEqual([{ userId: cast.mia.id, online: false }]);
    expect((await cast.outsider.api.presence.list({ userIds: [cast.mia.id] })).items).toEqual([]);
    await feed.stop();
  });

  test('L6, C14: in a room all who are there hear it, but for oneself and across a block; a room is no company', async () => {
    const [a, b, c] = await cast.world.people(`a${dialect}`, `b${dialect}`, `c${dialect}`);
    const { id } = await cast.world.group(a, [b, c]);
    const room = { kind: 'room', access: 'public', listed: 1 };
    await cast.world.db.read.updateTable('conversation').set(room).where('id', '=', bytesOf(id)).execute();
    await b.api.blocks.add({ userId: a.id });
    const told = await heard([a, b, c, cast.outsider], () => type(a, id));
    expect(told.map((frames) => frames.length)).toEqual([0, 0, 1, 0]);
    expect((await c.api.presence.list({ userIds: [a.id] })).items).toEqual([]);
  });

  test('D9: a chat that one left is no company any more', async () => {
    const [a, b, c] = await cast.world.people(`leaver${dialect}`, `stayer${dialect}`, `third${dialect}`);
    const { id } = await cast.world.group(a, [b, c]);
    expect((await b.api.presence.list({ userIds: [a.id] })).items).toHaveLength(1);
    await a.api.conversations.leave({ conversationId: id });
    expect((await b.api.presence.list({ userIds: [a.id, c.id] })).items.map((i) => i.userId)).toEqual([c.id]);
    expect((await a.api.presence.list({ userIds: [b.id] })).items).toEqual([]);
  });
});

test('L6: a pace forgets what is over', () => {
  let now = 0;
  const pace = createPace(() => now, 3);
  expect([pace('a'), pace('a'), pace('b')]).toEqual([true, false, true]);
  now = 3;
  expect([pace('b'), pace('b'), pace('a')]).toEqual([true, false, true]);
});
