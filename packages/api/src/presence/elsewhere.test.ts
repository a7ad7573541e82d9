import { createLocalBus, type Roll } from '@koreromai/realtime';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createElsewhere } from './elsewhere.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Processes on one bus; `lost` keeps rolls from all but who calls. */
function processes(count: number) {
  const shared = createLocalBus();
  const weather = { lost: false };
  const made = Array.from({ length: count }, () => {
    const people = new Set<string>();
    const told: string[] = [];
    const call = (roll: Roll) => (weather.lost ? undefined : shared.call(roll));
    const elsewhere = createElsewhere({
      bus: { ...shared, call },
      here: () => people,
      every: 1_000,
      changed: (userId) => void told.push(`${userId} ${elsewhere.has(userId) ? 'here' : 'gone'}`),
    });
    return {
      elsewhere,
      told,
      come(userId: string) {
        people.add(userId);
        elsewhere.tell(userId, true);
      },
      go(userId: string) {
        people.delete(userId);
        elsewhere.tell(userId, false);
      },
    };
  });
  return { weather, made };
}

test('D9: who comes to one process is known to the others, and gone only when the last of them says so', () => {
  const [a, b, c] = processes(3).made;
  a?.come('mia');
  b?.come('mia');
  expect([a, b, c].map((p) => p?.elsewhere.has('mia'))).toEqual([true, true, true]);
  a?.go('mia');
  expect([a, b, c].map((p) => p?.elsewhere.has('mia'))).toEqual([true, false, true]);
  b?.go('mia');
  expect([a, b, c].map((p) => p?.elsewhere.has('mia'))).toEqual([false, false, false]);
  expect(c?.told).toEqual(['mia here', 'mia gone']);
});

test('D9: a killed process takes its people with it after three turns, and not before', () => {
  const [a, b] = processes(2).made;
  a?.come('mia');
  a?.elsewhere.close();
  vi.advanceTimersByTime(2_900);
  expect(b?.elsewhere.has('mia')).toBe(true);
  vi.advanceTimersByTime(1_200);
  expect(b?.elsewhere.has('mia')).toBe(false);
  expect(b?.told).toEqual(['mia here', 'mia gone']);
});

test('G14: what was lost on the way is made up for within a turn, and sooner by asking', () => {
  const { weather, made } = processes(2);
  const [a, b] = made;
  weather.lost = true;
  a?.come('mia');
  weather.lost = false;
  expect(b?.elsewhere.has('mia')).toBe(false);
  b?.elsewhere.ask();
  vi.advanceTimersByTime(200);
  expect(b?.elsewhere.has('mia')).toBe(true);
  weather.lost = true;
  a?.come('tama');
  weather.lost = false;
  vi.advanceTimersByTime(1_000);
  expect(b?.elsewhere.has('tama')).toBe(true);
});
