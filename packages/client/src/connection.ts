/**
 * Where the connection is. Times are `clock.now()` milliseconds.
 *
 *     idle ─► connecting ─► live ◄─► reconnecting ─► offline ─► live
 *                 └──────────┴── signedOut ── closed (from anywhere, for good)
 */
export type Connection =
  /** Nothing was asked yet: call `resume`, `signIn` or `signUp`. */
  | { readonly status: 'idle' }
  /** The session is being taken up; the store is still empty. */
  | { readonly status: 'connecting' }
  /** Events arrive as they happen. */
  | { readonly status: 'live' }
  /** The line was lost at `since`. Show it after five seconds (UI8), not before. */
  | { readonly status: 'reconnecting'; readonly since: number }
  /** It stays lost. Reading what is held and queueing messages go on. */
  | { readonly status: 'offline'; readonly since: number }
  /** `none`: nobody was signed in · `chosen`: by `signOut` · `ended`: the session was revoked or ran out. */
  | { readonly status: 'signedOut'; readonly reason: 'none' | 'chosen' | 'ended' }
  /** `close` was called: this client does nothing any more. */
  | { readonly status: 'closed' };

export type ConnectionEvent =
  | { readonly type: 'start' }
  | { readonly type: 'up' }
  | { readonly type: 'down'; readonly at: number }
  /** It has been down for `offlineAfter`. */
  | { readonly type: 'late' }
  | { readonly type: 'out'; readonly reason: 'none' | 'chosen' | 'ended' }
  | { readonly type: 'close' };

/** How long the line is `reconnecting` before it counts as `offline`. */
export const offlineAfter = 15_000;

/** What follows; the same object when the event means nothing here. */
export function nextConnection(now: Connection, event: ConnectionEvent): Connection {
  if (now.status === 'closed') return now;
  switch (event.type) {
    case 'start':
      return now.status === 'idle' || now.status === 'signedOut' ? { status: 'connecting' } : now;
    case 'up':
      return isLost(now) || now.status === 'connecting' ? { status: 'live' } : now;
    case 'down':
      return now.status === 'live' || now.status === 'connecting' ? { status: 'reconnecting', since: event.at } : now;
    case 'late':
      return now.status === 'reconnecting' ? { status: 'offline', since: now.since } : now;
    case 'out':
      return { status: 'signedOut', reason: event.reason };
    case 'close':
      return { status: 'closed' };
  }
}

const isLost = (connection: Connection): boolean => connection.status === 'reconnecting' || connection.status === 'offline';
