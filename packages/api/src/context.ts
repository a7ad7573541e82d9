import type { BotScope } from '@koreromai/contract';
import type { AccountRow } from '@koreromai/db';
import type { Outlet } from '@koreromai/realtime';
import type { Watching } from './events/watching.ts';
import type { Purse } from './limiter.ts';
import type { Services } from './services.ts';

/** Who calls: an account with a session that held when it was looked up. */
export interface Caller {
  readonly id: string;
  readonly account: AccountRow;
  readonly sessionId: string;
  /** What a bot's token is good for; null: a person, who may do whatever the rules let them. */
  readonly scopes: ReadonlySet<BotScope> | null;
  /** The session or its person has been revoked since; checked at every call and every frame. */
  readonly revoked: () => boolean;
  /** The account has changed since `account` was read; absent where it was read for this very call. */
  readonly stale?: () => boolean;
  /** Resolves when this process has heard of what it slept through; null when it did not sleep. */
  readonly awake?: () => Promise<void> | null;
  /** Reads the account again. */
  readonly refresh?: () => Promise<void>;
  /** Notes that the session is in use. */
  readonly used: () => void;
}

/** One call, whatever brought it. */
export interface Context {
  readonly services: Services;
  readonly transport: 'http' | 'ws';
  readonly caller: Caller | null;
  /** The caller's address as the trusted proxies tell it; '' when unknown. */
  readonly address: string;
  readonly userAgent: string;
  readonly requestId: string;
  /** Keeps the token in the browser's cookie, or forgets it. Does nothing where there are no cookies. */
  readonly keepToken: (token: string | null) => void;
  /** Hears what each rate that this call counted against has left. */
  readonly spent?: ((purse: Purse) => void) | undefined;
  /** Where this connection's events go; absent where they are asked for one by one. */
  readonly outlet?: Outlet | undefined;
  /** Rooms that this connection also listens to; absent where there can be no subscription to change. */
  readonly watching?: Watching | undefined;
  /** Subscriptions open on this connection; absent where there can be none. */
  readonly slots?: { taken: number } | undefined;
}
