import { createHmac } from 'node:crypto';
import { limits, type PushNews, pushLanguage } from '@koreromai/contract';
import { type Db, idOf, lastSeenOf, type PushRow, type PushSubscriptionRow, pushesDue, pushSubscriptionOf } from '@koreromai/db';
import type { Lane } from '@koreromai/realtime';
import { createRounds } from '../jobs/rounds.ts';
import type { Presence } from '../presence/presence.ts';
import { pushSettled, type Settling } from './changes.ts';
import { encrypted } from './encrypt.ts';
import { newsFor } from './news.ts';
import type { Post } from './post.ts';
import { contactOf, createVapid } from './vapid.ts';

export interface Push {
  /** False: nobody is written to. */
  readonly on: boolean;
  /** What browsers subscribe with. */
  readonly publicKey: string;
  /** Resolves when nothing that is due now is left to this process. */
  idle(): Promise<void>;
  /** Gives up what is on its way: it goes out at the next start, or from another process. Close it before the lane. */
  close(): Promise<void>;
}

interface Options {
  readonly db: Pick<Db, 'read' | 'claim' | 'secret'>;
  readonly lane: Pick<Lane, 'change'>;
  readonly post: Post | null;
  readonly presence: Pick<Presence, 'isOnline'>;
  readonly publicUrl: string;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds between looks for what is due. */
  readonly every?: number;
}

/**
 * Works off the table `push_delivery`, in one process at a time. A message may go out twice when a process dies between the push service's
 * yes and the row's end; a browser shows it once, since both bear the chat as their tag.
 */
export function createPush({ db, lane, post, presence, publicUrl, now, onFault, every = 500 }: Options): Push {
  const { read, secret } = db;
  const vapid = createVapid(secret, contactOf(publicUrl));
  let complained = 0;
  const rounds =
    post &&
    createRounds<PushRow>({
      ...{ name: 'push', claim: db.claim, onFault, every },
      due: (busy, limit) => pushesDue(read, now(), busy, limit),
      keyOf,
      whoseOf: (row) => idOf(row.user_id),
      deliver: (row, ending) => deliver(row, post, ending),
      ...{ atOnce: limits.push.atOnce, atOnceFor: limits.push.atOncePerPerson },
    });

  async function deliver(row: PushRow, send: Post, ending: AbortSignal): Promise<void> {
    const fate = await fateOf(row, send, ending).catch((error: unknown) => {
      onFault(error);
      return after(row);
    });
    if (fate !== null) await lane.change(pushSettled, { row, fate });
  }

  /** Once a minute at most: the service may be anybody's, and the log is not theirs to fill. */
  function complain(origin: string): void {
    if (now() - complained < 60_000) return;
    complained = now();
    onFault(new Error(`The push service at ${origin} refused a message.`));
  }

  /** They see it where they are. A connection alone may be of a page that lies behind others, all day long. */
  async function isHere(userId: string): Promise<boolean> {
    if (!presence.isOnline(userId)) return false;
    const [seen] = await lastSeenOf(read, [userId]);
    return Number(seen?.last_seen_at ?? 0) > now() - limits.push.hereFor;
  }

  async function fateOf(row: PushRow, send: Post, ending: AbortSignal): Promise<Settling['fate'] | null> {
    const to = await pushSubscriptionOf(read, row.subscription_id);
    if (!to || over(to, now())) return 'gone';
    const userId = idOf(row.user_id);
    if (idOf(to.user_id) !== userId || (await isHere(userId))) return 'done';
    const news = await newsFor(read, row, to, now());
    if (news === null) return 'done';
    const said: PushNews = { ...news, language: pushLanguage.catch('en').parse(to.language) };
    const body = encrypted(JSON.stringify(said), to);
    const authorization = vapid.authorization(new URL(to.endpoint).origin, now());
    const fate = await send({ endpoint: to.endpoint, body, authorization, topic: topicOf(secret, row) }, ending);
    if (ending.aborted && fate !== 'taken') return null; // it was us who hung up
    if (fate === 'taken') return 'done';
    if (fate === 'gone') return 'gone';
    if (fate === 'refused') {
      complain(new URL(to.endpoint).origin); // its path is a secret
      return 'done';
    }
    return after(row, fate.retryIn ?? 0);
  }

  return {
    on: post !== null,
    publicKey: vapid.publicKey,
    idle: async () => rounds?.idle(),
    close: async () => rounds?.close(),
  };
}

/** The session or the account that the browser hangs on has ended. */
const over = (to: PushSubscriptionRow, now: number): boolean =>
  to.revoked_at !== null ||
  to.deleted_at !== null ||
  to.suspended_at !== null ||
  now >= Math.min(Number(to.last_seen_at) + limits.session.idle, Number(to.created_at) + limits.session.absolute);

/** When what failed is tried again, `least` milliseconds from now or later; or that it is given up. */
function after({ attempts }: PushRow, least = 0): number | 'done' {
  const pause = limits.push.retryAfter[attempts];
  return pause === undefined ? 'done' : Math.max(pause, least);
}

const keyOf = (row: PushRow) => `${idOf(row.subscription_id)} ${idOf(row.conversation_id)}`;

/** Tells a push service which of its messages are of one chat, and nothing else: another browser's are named otherwise. */
const topicOf = (secret: Buffer, row: PushRow) =>
  createHmac('sha256', secret)
    .update(`topic ${keyOf(row)}`)
    .digest()
    .subarray(0, 24)
    .toString('base64url');
