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
