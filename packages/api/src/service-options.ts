import type { InstanceSettings } from '@koreromai/contract';
import type { Db, Engine } from '@koreromai/db';
import type { Meter, Probe } from '@koreromai/realtime';
import type { Storage } from './attachments/storage/storage.ts';
import type { Hashing } from './auth/passwords.ts';
import type { Fetcher } from './previews/fetch.ts';
import type { Post } from './push/post.ts';
import type { Send } from './webhooks/send.ts';

/** What a process is put together from. Only the database and the address that people use have no default. */
export interface ServiceOptions {
  readonly db: Db;
  readonly publicUrl: string;
  readonly now?: () => number;
  readonly rateLimits?: 'on' | 'off';
  readonly loopbackOnly?: boolean;
  readonly probe?: Probe;
  readonly onFault?: (error: unknown, requestId?: string) => void;
  readonly meter?: Meter;
  /** Carries bells, presence and rate limits between processes. Null: each looks at the log and counts for itself. Holds the password. */
  readonly redisUrl?: string | null;
  /** Where files lie. A process without one neither takes nor gives any. The caller closes it. */
  readonly storage?: Storage;
  /** Asks the pages that messages link to. Without one nobody is asked. */
  readonly previews?: Fetcher | null;
  /** Gives messages to push services. Without it nobody is written to. */
  readonly pushes?: Post | null;
  /** Gives what happens to other systems. Without it nobody is written to. */
  readonly webhooks?: Send | null;
  /** Milliseconds between looks at the log's head. */
  readonly pollEvery?: number;
  /** Milliseconds that somebody without a connection still counts as here. */
  readonly presenceGrace?: number;
  /** What the environment says of settings that no admin has set. */
  readonly seeds?: Partial<InstanceSettings>;
  /** Milliseconds between looks at the instance's settings. */
  readonly settingsEvery?: number;
  /** Milliseconds between looks for work that waits. */
  readonly jobsEvery?: number;
  /** What a password's hash costs, for tests alone: default is what A1 asks. */
  readonly hashing?: Hashing;
  /** Puts something between the lane and its database, in fault tests. */
  readonly engine?: (engine: Engine) => Engine;
}
