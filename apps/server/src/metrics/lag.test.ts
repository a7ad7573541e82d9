import { expect, test } from 'vitest';
import { createLag } from './lag.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const batch = (pos: number | null, events = 1) => ({ changes: 1, events, pos, seconds: 0 });

test('a transaction is timed once, when the last of its events has been written to whoever heard any of them', async () => {
  const observed: number[] = [];
  const lag = createLag((seconds) => observed.push(seconds));
  lag.committed(batch(3, 3));
  lag.committed(batch(4));
  lag.committed(batch(null, 0));
  lag.delivered(1, 2);
  lag.delivered(2, 0);
  await turn();
  expect(observed, 'its last event is still to come').toHaveLength(0);
  lag.delivered(3, 0);
  expect(observed, 'sockets write when the turn ends').toHaveLength(0);
  await turn();
  expect(observed).toHaveLength(1);
  expect(observed[0]).toBeGreaterThan(0);
  lag.delivered(4, 0);
  await turn();
  expect(observed, 'nobody heard it').toHaveLength(1);
});

test('what other processes committed, and what could not be told, is not timed and holds nothing up', async () => {
  const observed: number[] = [];
  const lag = createLag((seconds) => observed.push(seconds));
  lag.delivered(1, 5);
  lag.committed(batch(2));
  lag.committed(batch(4));
  lag.delivered(3, 5);
  lag.delivered(4, 5);
  await turn();
  expect(observed).toHaveLength(1);
});
