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
