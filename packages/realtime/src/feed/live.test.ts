import { limits } from '@koreromai/contract';
import { afterEach, expect, test, vi } from 'vitest';
import type { Bell, Bus } from '../bus/bus.ts';
import { createLocalBus } from '../bus/bus.ts';
import { createStage, settled } from '../test/stage.ts';

afterEach(() => void vi.useRealTimers());

/** A bus whose bells pass through `change` first. */
function bent(change: (bell: Bell, pass: (bell: Bell) => void) => void): Bus {
  const bus = createLocalBus();
  return { ...bus, ring: (bell) => change(bell, (b) => bus.ring(b)) };
}

const rounds = 30;

test.each([
  [
    'lost every other time',
    () => {
      let n = 0;
      return bent((bell, pass) => (n++ % 2 ? undefined : pass(bell)));
    },
  ],
  ['rung twice', () => bent((bell, pass) => [bell, bell].forEach(pass))],
  [
    'out of order',
    () => {
      let held: Bell | null = null;
      return bent((bell, pass) => {
        if (held === null) held = bell;
        else {
          pass(bell);
          pass(held);
          held = null;
        }
      });
    },
  ],
  ['in another order inside', () => bent((bell, pass) => pass({ pos: bell.pos, events: bell.events?.toReversed() ?? [] }))],
  ['with a hole in it', () => bent((bell, pass) => pass({ pos: bell.pos, events: bell.events?.slice(0, -1) ?? [] }))],
  ['bare, as from another process', () => bent((bell, pass) => pass({ pos: bell.pos }))],
] as const)('a bell that is %s loses nothing and doubles nothing', async (_how, make) => {
  await using s = await createStage({ bus: make() });
  const heard: number[] = [];
  s.live.follow((event) => void heard.push(event.pos));
  s.add('mia', 'room');
  const mia = s.subscribe('mia', 0);
  await settled();
  for (let i = 0; i < rounds; i++) {
    s.say('room');
    if (i % 3 === 0) await settled();
  }
  await s.live.look();
  await settled();
  expect(mia.told('room')).toEqual(Array.from({ length: rounds + 1 }, (_, i) => i + 1));
  expect(heard).toEqual(s.events.map((e) => e.pos));
  await mia.stop();
});

test('what one subscriber cannot be told does not keep it from the others', async () => {
  await using s = await createStage();
  s.add('mia', 'room');
  await settled();
  let lost = 0;
  const broken = { offer: () => expect.fail('it breaks'), beat() {}, overhear() {}, lost: () => void lost++ };
  s.live.attach('room', broken);
  const mia = s.subscribe('mia', null);
  await settled();
  s.say('room');
  await settled();
  expect(mia.told('room')).toEqual([2]);
  expect([lost, s.faults.length]).toEqual([1, 1]);
  await mia.stop();
  s.live.detach('room', broken);
  expect(s.live.streams).toBe(0);
});

test('a bell that comes while the log is being read is not left lying', async () => {
  await using s = await createStage({ bus: bent((bell, pass) => pass({ pos: bell.pos })) });
  s.add('mia', 'room');
  await settled();
  const mia = s.subscribe('mia', null);
  await settled();
  s.hooks.set('head', () => {
    s.hooks.set('head', () => void s.say('room')); // committed after the head was read, rung while that answer is on its way
  });
  s.say('room');
  await settled();
  expect(mia.told('room')).toEqual([2, 3]);
  await mia.stop();
});

test('a projection that fails makes subscribers catch up, and tells', async () => {
  await using s = await createStage();
  s.stage.withViews = false;
  s.add('mia', 'room');
  const mia = s.subscribe('mia', null);
  await settled();
  s.hooks.set('project', () => {
    throw new Error('the database is away');
  });
  s.say('room');
  s.say('room');
  await settled();
  s.say('room');
  await settled();
  expect(mia.told('room')).toEqual([2, 3, 4]);
  expect(s.faults).toHaveLength(1);
  await mia.stop();
});

test('G7: who follows the log hears every event once, also when its projection fails', async () => {
  await using s = await createStage();
  s.stage.withViews = false;
  const heard: number[] = [];
  s.live.follow((event) => void heard.push(event.pos));
  s.add('mia', 'room');
  const mia = s.subscribe('mia', null);
  await settled();
  s.hooks.set('project', () => {
    throw new Error('the database is away');
  });
  s.commit({ stream: 'mia', type: 'session.revoked', subject: 'phone' });
  await settled();
  s.say('room');
  await settled();
  expect(heard).toEqual(s.events.map((e) => e.pos));
  await mia.stop();
});

test('G7: nor do they wait for what is still being projected', async () => {
  await using s = await createStage();
  s.stage.withViews = false;
  const heard: number[] = [];
  s.live.follow((event) => void heard.push(event.pos));
  s.add('mia', 'room');
  const mia = s.subscribe('mia', null);
  await settled();
  let go = () => {};
  s.hooks.set('project', () => new Promise<void>((resolve) => (go = resolve)));
  s.say('room');
  await settled();
  s.commit({ stream: 'mia', type: 'session.revoked', subject: 'phone' });
  await s.live.look();
  expect(heard).toEqual(s.events.map((e) => e.pos));
  expect(mia.told('room'), 'the projection hangs').toEqual([]);
  go();
  await settled();
  expect(mia.told('room')).toEqual([2]);
  await mia.stop();
});

test('L3: a beat goes out to a thousand a hundred at a time, over half the time until the next, and to each once', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  await using s = await createStage({ headsEvery: limits.feed.headsEvery, pollEvery: 3_600_000 });
  const beats = Array.from({ length: 1_000 }, () => 0);
  for (const i of beats.keys())
    s.live.attach('room', { offer() {}, overhear() {}, lost() {}, beat: () => void (beats[i] = (beats[i] ?? 0) + 1) });
  const told = () => beats.filter((n) => n > 0).length;
  vi.advanceTimersByTime(limits.feed.headsEvery);
  const seen = new Set<number>();
  for (let ms = 0; ms <= limits.feed.headsEvery / 2; ms += 25) {
    await settled();
    seen.add(told());
    vi.advanceTimersByTime(25);
  }
  expect([...seen]).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000]);
  expect(new Set(beats)).toEqual(new Set([1]));
});

test('L3: heads beat with what each subscriber carries, and what is on its way is no gap', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  await using s = await createStage({ headsEvery: limits.feed.headsEvery, pollEvery: 3_600_000 });
  s.add('mia', 'room');
  s.say('elsewhere');
  const mia = s.subscribe('mia', null);
  await settled();
  vi.advanceTimersByTime(limits.feed.headsEvery);
  await settled();
  expect(mia.frames.at(-1)).toEqual({ pos: 3, frame: { type: 'heads', heads: { mia: 1, room: 1 } } });
  s.stage.deaf = true;
  s.say('room'); // its bell is lost: the beat finds it, before it tells the head
  vi.advanceTimersByTime(limits.feed.headsEvery);
  await settled();
  expect(mia.told('room')).toEqual([2]);
  expect(mia.frames.at(-1)?.frame).toEqual({ type: 'heads', heads: { mia: 1, room: 2 } });
  await mia.stop();
});

test('L3: a head whose event is still being prepared is not told before the event', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  await using s = await createStage({ headsEvery: limits.feed.headsEvery });
  s.stage.withViews = false;
  s.add('mia', 'room');
  const mia = s.subscribe('mia', null);
  await settled();
  let ready = () => {};
  s.hooks.set('project', () => new Promise<void>((resolve) => void (ready = resolve)));
  s.say('room');
  vi.advanceTimersByTime(limits.feed.headsEvery);
  await settled();
  expect(mia.frames.at(-1)?.frame).toEqual({ type: 'heads', heads: { mia: 1 } });
  ready();
  await settled();
  expect(mia.told('room')).toEqual([2]);
  await mia.stop();
});

test('a bell that is lost is made up for by the next look at the head', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  await using s = await createStage({ pollEvery: 1_000 });
  s.add('mia', 'room');
  const mia = s.subscribe('mia', null);
  await settled();
  s.stage.deaf = true;
  s.say('room');
  await settled();
  expect(mia.told('room')).toEqual([]);
  vi.advanceTimersByTime(1_000);
  await settled();
  expect(mia.told('room')).toEqual([2]);
  await mia.stop();
});
