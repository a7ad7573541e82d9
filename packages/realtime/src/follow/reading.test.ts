import { createDice } from '@koreromai/testing';
import { expect, test } from 'vitest';
import type { LogEvent } from '../log/event.ts';
import { sharedReading } from './reading.ts';

const seed = 20_261_123;
const eventAt = (pos: number): LogEvent => ({
  ...{ pos, stream: '', seq: pos, type: 'message.created', actor: null, subject: null, number: null, at: 0 },
});

test('whoever reads gets every event once and in order, whoever reads beside them and however the log grows', async () => {
  const dice = createDice(seed);
  const log: LogEvent[] = [];
  let asked = 0;
  const reading = sharedReading({
    head: async () => log.length,
    everything: async (after, limit) => {
      asked++;
      return log.slice(after, after + limit);
    },
  });
  const readers = Array.from({ length: 5 }, () => ({ heard: [] as number[] }));
  let turns = 0;
  while (turns++ < 5_000) {
    if (dice.chance(0.5)) for (let n = dice.below(40); n > 0; n--) log.push(eventAt(log.length + 1));
    const { heard } = dice.pick(readers);
    const events = await reading.everything(heard.length, dice.pick([1, 50, 500]));
    expect(events.length > 0).toBe(heard.length < log.length);
    heard.push(...events.map(({ pos }) => pos));
  }
  for (const { heard } of readers) expect(heard).toEqual(heard.map((_, i) => i + 1));
  expect(asked).toBeLessThan(turns / 1.5);
  process.stdout.write(`shared reading: ${turns} readings of ${log.length} events, ${asked} of the log (seed ${seed})\n`);
});

/** A log whose readings take until they are answered, with what stood in it when they began. */
function slowLog() {
  const log: LogEvent[] = [];
  const readings: { answer: () => void; fail: () => void }[] = [];
  const reading = sharedReading({
    head: async () => log.length,
    everything: (after, limit) => {
      const events = log.slice(after, after + limit);
      return new Promise((resolve, reject) => {
        readings.push({ answer: () => resolve(events), fail: () => reject(new Error('lost')) });
      });
    },
  });
  return { log, readings, reading };
}
const turn = () => new Promise((later) => setImmediate(later));

test('who asks while another reads what they want waits for it and asks the log for nothing', async () => {
  const { log, readings, reading } = slowLog();
  log.push(eventAt(1), eventAt(2), eventAt(3));
  const asked = [reading.everything(0, 3), reading.everything(0, 2), reading.everything(1, 500)];
  await turn();
  expect(readings.length).toBe(1);
  readings[0]?.answer();
  expect((await Promise.all(asked)).map((events) => events.map(({ pos }) => pos))).toEqual([
    [1, 2, 3],
    [1, 2],
    [2, 3],
  ]);
});

test('a reading that began before somebody was woken is no proof for them that nothing is there', async () => {
  const { log, readings, reading } = slowLog();
  const early = reading.everything(0, 10);
  log.push(eventAt(1));
  const late = [reading.everything(0, 10), reading.everything(0, 10)];
  readings[0]?.answer();
  expect(await early).toEqual([]);
  await turn();
  expect(readings.length).toBe(2);
  readings[1]?.answer();
  for (const events of await Promise.all(late)) expect(events).toHaveLength(1);
});

test('a reading that fails fails for who asked for it; the others ask for themselves, together', async () => {
  const { log, readings, reading } = slowLog();
  const all = Array.from({ length: 4 }, () => reading.everything(0, 10));
  for (const [round, one] of all.slice(0, 2).entries()) {
    expect(readings.length).toBe(round + 1);
    log.push(eventAt(round + 1));
    readings[round]?.fail();
    await expect(one).rejects.toThrow('lost');
    await turn();
  }
  expect(readings.length).toBe(3);
  readings[2]?.answer();
  for (const events of await Promise.all(all.slice(2))) expect(events).toHaveLength(2);
});

test('whoever asks gets what was in the log by then, in order, with readings that overlap and fail as they like', async () => {
  const dice = createDice(seed);
  const { log, readings, reading } = slowLog();
  const readers = Array.from({ length: 5 }, () => ({ heard: [] as number[], busy: false, failed: 0 }));
  let asked = 0;
  const ask = async (reader: (typeof readers)[number]) => {
    reader.busy = true;
    asked++;
    const due = log.length > reader.heard.length;
    try {
      const events = await reading.everything(reader.heard.length, dice.pick([1, 20, 200]));
      if (due) expect(events).not.toEqual([]);
      reader.heard.push(...events.map(({ pos }) => pos));
    } catch (error) {
      expect(error).toMatchObject({ message: 'lost' });
      reader.failed++;
    }
    reader.busy = false;
  };
  const going: Promise<void>[] = [];
  let read = 0;
  for (let turns = 0; turns < 4_000; turns++) {
    if (dice.chance(0.3)) for (let n = dice.below(30); n > 0; n--) log.push(eventAt(log.length + 1));
    const idle = readers.filter(({ busy }) => !busy);
    if (idle.length > 0 && dice.chance(0.7)) going.push(ask(dice.pick(idle)));
    if (readings.length > 0 && dice.chance(0.5)) {
      const [one] = readings.splice(dice.below(readings.length), 1);
      read++;
      dice.chance(0.1) ? one?.fail() : one?.answer();
    }
    await turn();
  }
  while (readers.some(({ busy }) => busy)) {
    for (const one of readings.splice(0)) one.answer();
    await turn();
  }
  await Promise.all(going);
  for (const { heard } of readers) expect(heard).toEqual(heard.map((_, i) => i + 1));
  expect(readers.reduce((sum, { failed }) => sum + failed, 0)).toBeGreaterThan(10);
  expect(read).toBeLessThan(asked / 1.5);
});
