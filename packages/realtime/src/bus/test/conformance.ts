import { isDeepStrictEqual } from 'node:util';
import { eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import type { LogEvent } from '../../log/event.ts';
import type { Bell, Bus, Roll, Whisper } from '../bus.ts';

/** Buses that hear one another: all of one process, or one each of several. Closed by whoever made them. */
export interface Buses extends AsyncDisposable {
  readonly buses: readonly Bus[];
  /** What listeners threw. */
  readonly faults: readonly unknown[];
}

const event = (pos: number): LogEvent => ({
  pos,
  stream: 'room',
  seq: pos,
  type: 'message.created',
  actor: null,
  subject: null,
  number: null,
  at: 0,
});

/** What every bus must do, whatever carries its bells. `connected` makes buses that have nothing to do with those of another test. */
export function busConformance(connected: () => Promise<Buses>): void {
  test('a bell is heard by every listener of every connected bus', async () => {
    await using made = await connected();
    const heard = made.buses.flatMap((bus) => [listen(bus), listen(bus)]);
    made.buses[0]?.ring({ pos: 7 });
    await eventually('all hear it', () => heard.every((bells) => bells.length === 1));
    for (const bells of heard) expect(bells[0]?.pos).toBe(7);
  });

  test('the process that rings hears its own events as they are; another at least how far the log has come', async () => {
    await using made = await connected();
    const heard = made.buses.map(listen);
    const events = [event(1), event(2)];
    made.buses[0]?.ring({ pos: 2, events });
    await eventually('all hear it', () => heard.every((bells) => bells.length === 1));
    expect(heard[0]?.[0]).toEqual({ pos: 2, events });
    for (const [bell] of heard.slice(1)) expect(bell?.pos).toBe(2);
  });

  test('bells of one bus come in the order they rang', async () => {
    await using made = await connected();
    const heard = made.buses.map(listen);
    for (let pos = 1; pos <= 100; pos++) made.buses[0]?.ring({ pos });
    await eventually('all are heard', () => heard.every((bells) => bells.length === 100));
    for (const bells of heard) expect(bells.map((b) => b.pos)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  });

  test('a listener that throws keeps the bell from nobody, and is told', async () => {
    await using made = await connected();
    const [bus] = made.buses;
    bus?.listen(() => {
      throw new Error('deaf');
    });
    const heard = made.buses.map(listen);
    expect(() => bus?.ring({ pos: 1 })).not.toThrow();
    await eventually('the others hear it', () => heard.every((bells) => bells.length === 1));
    expect(made.faults).toHaveLength(1);
  });

  test('who stops listening hears nothing more, also when stopped by a bell', async () => {
    await using made = await connected();
    const heard: number[] = [];
    const stops = made.buses.map((bus) => {
      const stop = bus.listen((bell) => {
        heard.push(bell.pos);
        stop();
      });
      return stop;
    });
    const others = made.buses.map(listen);
    made.buses[0]?.ring({ pos: 1 });
    made.buses[0]?.ring({ pos: 2 });
    await eventually('the others hear both', () => others.every((bells) => bells.length === 2));
    expect(heard).toEqual(stops.map(() => 1));
  });

  test('a whisper comes whole to every listener of every connected bus, once and in order, and is no bell', async () => {
    await using made = await connected();
    const heard = made.buses.flatMap((bus) => [overhear(bus), overhear(bus)]);
    const bells = made.buses.map(listen);
    for (let n = 0; n < 20; n++) made.buses[0]?.whisper(whisper(n));
    made.buses[0]?.ring({ pos: 1 });
    await eventually('all hear them', () => heard.every((h) => h.length === 20) && bells.every((b) => b.length === 1));
    for (const whispers of heard) expect(whispers).toEqual(Array.from({ length: 20 }, (_, n) => whisper(n)));
  });

  test('a whisper that a listener throws at comes to the others, and none comes to who stopped listening', async () => {
    await using made = await connected();
    const [bus] = made.buses;
    bus?.overhear(() => {
      throw new Error('deaf');
    });
    const gone: Whisper[] = [];
    bus?.overhear((w) => void gone.push(w))();
    const heard = made.buses.map(overhear);
    expect(() => bus?.whisper(whisper(1))).not.toThrow();
    await eventually('the others hear it', () => heard.every((h) => h.length === 1));
    expect(made.faults).toHaveLength(1);
    expect(gone).toEqual([]);
  });

  test('a whisper for here is heard by every listener of this bus and by no other bus', async () => {
    await using made = await connected();
    const heard = made.buses.map(overhear);
    made.buses[0]?.whisper(whisper(1), 'here');
    made.buses[0]?.whisper(whisper(2));
    await eventually('all hear the second', () => heard.every(endsWithSecond));
    expect(heard.map((whispers) => whispers.length)).toEqual(made.buses.map((_, i) => (i === 0 ? 2 : 1)));
  });

  test('a roll comes whole to every listener of every connected bus, once and in order', async () => {
    await using made = await connected();
    const heard = made.buses.flatMap((bus) => [answer(bus), answer(bus)]);
    for (let n = 0; n < 20; n++) made.buses[0]?.call(roll(n));
    await eventually('all hear them', () => heard.every((rolls) => rolls.length === 20));
    for (const rolls of heard) expect(rolls).toEqual(Array.from({ length: 20 }, (_, n) => roll(n)));
  });

  test('a closed bus rings and hears nothing, and closing twice is no mistake', async () => {
    await using made = await connected();
    const [bus] = made.buses;
    const heard = bus ? [listen(bus), overhear(bus), answer(bus)] : [];
    await bus?.close();
    await bus?.close();
    expect(() => bus?.ring({ pos: 1 })).not.toThrow();
    expect(() => bus?.whisper(whisper(1))).not.toThrow();
    expect(() => bus?.call(roll(1))).not.toThrow();
    expect(heard.flat()).toEqual([]);
  });
}

const idOf = (n: number) => `019f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const whisper = (n: number): Whisper => ({
  frame: { type: 'presence', userId: idOf(n), online: n % 2 === 0 },
  streams: ['room', 'mia'],
  except: ['tama'],
});

const endsWithSecond = (whispers: readonly Whisper[]) => isDeepStrictEqual(whispers.at(-1), whisper(2));

const roll = (n: number): Roll => ({ node: 'a process', here: [idOf(n), idOf(n + 1)], gone: [idOf(n + 2)], asks: n % 2 === 0 });

function answer(bus: Bus): Roll[] {
  const rolls: Roll[] = [];
  bus.answer((r) => void rolls.push(r));
  return rolls;
}

function overhear(bus: Bus): Whisper[] {
  const whispers: Whisper[] = [];
  bus.overhear((w) => void whispers.push(w));
  return whispers;
}

function listen(bus: Bus): Bell[] {
  const bells: Bell[] = [];
  bus.listen((bell) => void bells.push(bell));
  return bells;
}
