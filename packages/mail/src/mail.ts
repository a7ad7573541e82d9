import { setTimeout as wait } from 'node:timers/promises';
import { type Db, serverClock } from '@koreromai/db';
import type { Follower, FollowerOptions, Lane } from '@koreromai/realtime';
import { createCompose } from './compose.ts';
import { createNotify } from './follower.ts';
import { createAbsence, type Presence } from './news.ts';
import { createSender } from './sender.ts';
import type { Transport } from './transports/transport.ts';

export interface MailOptions {
  readonly db: Db;
  readonly lane: Pick<Lane, 'change'>;
  readonly follow: (follower: Pick<FollowerOptions, 'name' | 'start' | 'handle' | 'batch'>) => Follower;
  readonly transport: Transport;
  readonly presence: Presence;
  readonly publicUrl: string;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
  /** The one clock by which all processes read the gate; by default the database server's. */
  readonly gateClock?: () => Promise<number>;
  /** Milliseconds between looks for mails while none is due. */
  readonly every?: number;
}

export interface Mail {
  /** Sends what waits its turn no more, and gives the mail on the wire five seconds to arrive. Close it before the lane. */
  close(): Promise<void>;
}

/** Mails of one process: the follower that queues them, and a worker that sends them through the gate all processes share. */
export function startMail(options: MailOptions): Mail {
  const { db, lane, now, publicUrl, presence, onFault } = options;
  const { read, secret } = db;
  // What was said before there were mails wakes nobody up: it begins at the head.
  options.follow({ name: 'mail', start: 'head', handle: createNotify({ read, now, presence }), batch: 100 });
  const sender = createSender({
    read,
    lane,
    now,
    onFault,
    ...(options.every === undefined ? {} : { every: options.every }),
    transport: options.transport,
    compose: createCompose({ read, secret, publicUrl, now, absence: createAbsence(read, presence) }),
    gateClock: options.gateClock ?? (db.url.dialect === 'mysql' ? () => serverClock(read) : async () => now()),
  });
  const closing = new AbortController();
  const ending = new AbortController();
  const running = keepOn();

  async function keepOn(): Promise<void> {
    while (!closing.signal.aborted) {
      const pause = await sender.next(ending.signal).catch((error: unknown) => {
        onFault(error);
        return 1_000;
      });
      if (pause > 0) await wait(pause, undefined, { signal: closing.signal, ref: false }).catch(() => {}); // closed while it waited
    }
  }

  return {
    async close() {
      closing.abort();
      const late = setTimeout(() => ending.abort(), 5_000);
      await running;
      clearTimeout(late);
    },
  };
}
