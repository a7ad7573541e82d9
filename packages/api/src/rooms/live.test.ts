import { createFeed, type Placed } from '@koreromai/realtime';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createWatching } from '../events/watching.ts';
import { standingFor } from '../services.ts';
import { createCast } from '../test/cast.ts';
import type { Person } from '../test/world.ts';

eachDatabase('rooms, live', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'owner', 'mia', 'tama']);
  let n = 0;
  const open = (access: 'public' | 'allowlist' = 'public') => cast.owner.api.rooms.create({ name: `Live ${++n}`, access });
  const say = (room: { id: string }, text: string) => cast.owner.api.messages.post({ conversationId: room.id, text });

  /** A subscriber who also listens to rooms. */
  function listen(who: Person, from: number | null, rooms: readonly string[]) {
    const { live, log, project } = cast.world.services;
    const watching = createWatching();
    watching.set(rooms);
    const frames: Placed[] = [];
    const ending = new AbortController();
    const standing = standingFor(cast.world.services, () => watching.rooms);
    const asked = { asked: () => watching.rooms, onChange: watching.onChange };
    const feed = createFeed({ live, log, project, standing, rooms: asked, userId: who.id, from }, ending.signal);
    const done = (async () => {
      for await (const placed of feed) frames.push(placed);
    })();
    const texts = () => frames.flatMap(({ frame }) => (frame.type === 'message.created' ? [frame.message.text] : []));
    const ended = () => frames.flatMap(({ frame }) => (frame.type === 'ended' ? [frame.stream] : []));
    const ready = () => eventually('the checkpoint', () => frames.some(({ frame }) => frame.type === 'checkpoint'));
    const stop = async () => {
      ending.abort();
      await done;
    };
    return { frames, texts, ended, ready, watching, stop };
  }

  test('R056: who asks for a room hears what is said in it without joining, also after asking later', async () => {
    const [one, two] = [await open(), await open()];
    const ear = listen(cast.mia, null, [one.id]);
    await ear.ready();
    await say(one, 'first');
    await eventually('the first', () => ear.texts().length === 1);
    await say(two, 'not asked for');
    const before = ear.frames.length;
    ear.watching.set([one.id, two.id]);
    await say(two, 'second');
    await eventually('the second', () => ear.texts().includes('second'));
    ear.watching.set([two.id]);
    await eventually('the first room is let go', () => ear.ended().includes(one.id));
    await say(one, 'nobody listens');
    await say(two, 'third');
    await eventually('the third', () => ear.texts().includes('third'));
    expect(ear.texts()).not.toContain('nobody listens');
    expect(ear.frames.length).toBeGreaterThan(before);
    await ear.stop();
  });

  test('R065, L5, G6: who is denied hears nothing that is said behind it, 100 times', async () => {
    let heard = 0;
    for (let round = 0; round < 100; round++) {
      const room = await open();
      const ear = listen(cast.mia, null, [room.id]);
      await ear.ready();
      const before = say(room, 'before');
      if (round % 2 === 0) await before.then(() => eventually('what is said before', () => ear.texts().includes('before')));
      const denied = cast.owner.api.rooms.deny({ roomId: room.id, userId: cast.mia.id });
      const after = say(room, 'after');
      await Promise.all([before, denied, after]);
      const order = await cast.owner.api.messages.list({ conversationId: room.id, order: 'asc' });
      const late = await say(room, 'late');
      await eventually('the end is told', () => ear.ended().includes(room.id));
      expect(ear.texts()).not.toContain('late');
      const last = order.items.findLastIndex((m) => ear.texts().includes(m.text));
      expect(ear.texts().length, 'no gap before the cut').toBe(last + 1);
      heard += ear.texts().length;
      expect(late.message.seq).toBeGreaterThan(0);
      await ear.stop();
    }
    process.stdout.write(`rooms [${dialect}]: 100 denials, ${heard} messages heard before them\n`);
    expect(heard).toBeGreaterThanOrEqual(50);
  });

  test('Q3, Q4: another mode cuts those off who are no longer entitled, followers too, and nobody else', async () => {
    const room = await open();
    await cast.owner.api.rooms.allow({ roomId: room.id, userId: cast.tama.id });
    await cast.mia.api.rooms.follow({ roomId: room.id });
    const [mia, tama] = [listen(cast.mia, null, []), listen(cast.tama, null, [room.id])];
    await Promise.all([mia.ready(), tama.ready()]);
    await cast.owner.api.rooms.update({ roomId: room.id, access: 'allowlist' });
    await say(room, 'among us');
    await eventually('the follower is told', () => mia.ended().includes(room.id));
    await eventually('the allowed one hears it', () => tama.texts().includes('among us'));
    expect(mia.texts()).toEqual([]);
    await Promise.all([mia.stop(), tama.stop()]);
  });

  test('C13: a room that may not be entered and one that does not exist are told in the same words', async () => {
    const room = await open('allowlist');
    const nowhere = crypto.randomUUID();
    const ear = listen(cast.mia, null, [room.id, nowhere]);
    await ear.ready();
    expect(ear.frames.map(({ frame }) => frame.type)).toEqual(['ended', 'ended', 'checkpoint']);
    await ear.stop();
  });
});
