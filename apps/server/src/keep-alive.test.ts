import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { createKeepAlive } from './keep-alive.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A socket that notes what is done to it; it answers while `alive`. */
function stand() {
  const socket = Object.assign(new EventEmitter(), {
    ...{ OPEN: 1, readyState: 1, pings: 0, ended: false, alive: true },
    ping() {
      socket.pings++;
      if (socket.alive) socket.emit('pong');
    },
    terminate() {
      socket.ended = true;
    },
  });
  return socket;
}

const scene = (count: number) => {
  const keepAlive = createKeepAlive(20_000);
  const sockets = Array.from({ length: count }, stand);
  for (const socket of sockets) keepAlive.add(socket as unknown as WebSocket);
  return { keepAlive, sockets, pinged: () => sockets.reduce((sum, { pings }) => sum + pings, 0) };
};

test.each([1, 3, 100, 1_000])(
  'of %i sockets each is pinged once in twenty seconds, and who does not answer is gone by the next',
  (count) => {
    const { keepAlive, sockets, pinged } = scene(count);
    for (let round = 1; round <= 3; round++) {
      let most = 0;
      for (let turn = 0; turn < 100; turn++) {
        const before = pinged();
        vi.advanceTimersByTime(200);
        most = Math.max(most, pinged() - before);
      }
      expect(most).toBe(Math.ceil(count / 100));
      expect(sockets.every(({ pings }) => pings === round)).toBe(true);
    }
    const [mute] = sockets;
    if (mute) mute.alive = false;
    vi.advanceTimersByTime(20_000);
    expect(sockets.filter(({ ended }) => ended)).toEqual([]);
    vi.advanceTimersByTime(20_000);
    expect(sockets.filter(({ ended }) => ended)).toEqual([mute]);
    keepAlive.close();
    const so = pinged();
    vi.advanceTimersByTime(60_000);
    expect(pinged()).toBe(so);
  },
);

test('when nearly all leave at once, those who stay have as long to answer as ever', () => {
  const { keepAlive, sockets } = scene(1_000);
  const last = sockets.at(-1);
  if (last) last.alive = false; // its answer is on its way
  vi.advanceTimersByTime(20_000);
  expect(last?.pings).toBe(1);
  for (const socket of sockets.slice(0, -1)) keepAlive.delete(socket as unknown as WebSocket);
  vi.advanceTimersByTime(1_000);
  expect(last?.ended).toBe(false);
  last?.emit('pong');
  vi.advanceTimersByTime(20_000);
  expect([last?.pings, last?.ended]).toEqual([2, false]);
  keepAlive.close();
});

test('a socket that comes while a round lasts is in it, and one that left is forgotten whatever it still says', () => {
  const { keepAlive, sockets } = scene(495);
  vi.advanceTimersByTime(200);
  const late = stand();
  keepAlive.add(late as unknown as WebSocket);
  const [gone] = sockets;
  keepAlive.delete(gone as unknown as WebSocket);
  gone?.emit('pong');
  vi.advanceTimersByTime(39_800);
  expect([gone?.pings, late.pings]).toEqual([1, 2]);
  keepAlive.close();
});
