import { expect, it } from 'vitest';
import { type Connection, type ConnectionEvent, nextConnection } from './connection.ts';

const through = (from: Connection, ...events: ConnectionEvent[]) => events.reduce(nextConnection, from);
const idle: Connection = { status: 'idle' };
const start: ConnectionEvent = { type: 'start' };
const up: ConnectionEvent = { type: 'up' };
const down: ConnectionEvent = { type: 'down', at: 7 };
const late: ConnectionEvent = { type: 'late' };
const out: ConnectionEvent = { type: 'out', reason: 'ended' };

it('goes from idle over connecting to live', () => {
  expect(through(idle, start)).toEqual({ status: 'connecting' });
  expect(through(idle, start, up)).toEqual({ status: 'live' });
});

it('UI8: is reconnecting since the line was lost, then offline since that same moment, then live again', () => {
  expect(through(idle, start, up, down, { type: 'down', at: 9 })).toEqual({ status: 'reconnecting', since: 7 });
  expect(through(idle, start, up, down, late)).toEqual({ status: 'offline', since: 7 });
  expect(through(idle, start, up, down, late, down)).toEqual({ status: 'offline', since: 7 });
  expect(through(idle, start, up, down, late, up)).toEqual({ status: 'live' });
  expect(through(idle, start, down)).toEqual({ status: 'reconnecting', since: 7 });
});

it('a line that comes late for one who signed out changes nothing', () => {
  const signedOut = through(idle, start, up, out);
  expect(signedOut).toEqual({ status: 'signedOut', reason: 'ended' });
  for (const event of [up, down, late]) expect(nextConnection(signedOut, event)).toBe(signedOut);
  expect(nextConnection(signedOut, start)).toEqual({ status: 'connecting' });
});

it('is closed for good', () => {
  const closed = through(idle, start, up, { type: 'close' });
  for (const event of [start, up, down, late, out]) expect(nextConnection(closed, event)).toBe(closed);
});

it('an event that means nothing keeps the identity', () => {
  const live = through(idle, start, up);
  for (const event of [start, up, late]) expect(nextConnection(live, event)).toBe(live);
});
