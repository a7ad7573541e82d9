import { limits, type WebhookEnd } from '@koreromai/contract';
import {
  type Db,
  type DeliveryRow,
  deliveriesDue,
  eventAt,
  idOf,
  oldDeliveries,
  standingIn,
  type WebhookTarget,
  webhookOf,
} from '@koreromai/db';
import { covers, type Lane, type LogEvent, type Project } from '@koreromai/realtime';
import { createRounds } from '../jobs/rounds.ts';
import { isoOf } from '../users/view.ts';
import { deliveriesForgotten, deliverySettled, type Settling } from './changes.ts';
import type { Send } from './send.ts';
import { signedHeaders, webhookSecretOf } from './sign.ts';

export interface Webhooks {
  /** False: nobody is written to. */
  readonly on: boolean;
  /** Resolves when nothing that is due now is left to this process. */
  idle(): Promise<void>;
  /** Forgets what is older than `limits.webhooks.keptFor`. Goes by itself, every hour. */
  sweep(): Promise<void>;
  /** Gives up what is on its way: it goes out at the next start, or from another process. Close it before the lane. */
  close(): Promise<void>;
}

interface Options {
  readonly db: Pick<Db, 'read' | 'claim' | 'secret'>;
  readonly lane: Pick<Lane, 'change'>;
  readonly project: Project;
  readonly send: Send | null;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds between looks for what is due. */
  readonly every?: number;
}

type Told = { readonly body: string } | { readonly end: WebhookEnd; readonly error: string } | { readonly error: string };

/**
 * Works off the table `webhook_delivery`, in one process at a time. What a process had sent when it died goes out again under the same
 * `webhook-id`. A webhook is told what whoever made it sees in that chat now (H1), and nothing once they see nothing there.
 */
export function createWebhooks({ db, lane, project, send, now, onFault, every = 500 }: Options): Webhooks {
  const { read, secret } = db;
  const rounds =
    send &&
    createRounds<DeliveryRow>({
      ...{ name: 'webhooks', claim: db.claim, onFault, every },
      due: (busy, limit) => deliveriesDue(read, now(), busy, limit),
      keyOf: (row) => idOf(row.id),
      whoseOf: (row) => idOf(row.webhook_id),
      deliver: (row, ending) => deliver(row, send, ending),
      ...{ atOnce: limits.webhooks.atOnce, atOnceFor: limits.webhooks.atOncePerWebhook },
    });
  const sweeping = setInterval(() => void sweep().catch(onFault), 3_600_000).unref();

  async function deliver(row: DeliveryRow, post: Send, ending: AbortSignal): Promise<void> {
    const to = await webhookOf(read, row.webhook_id);
    if (!to) return; // removed in this very moment, and this with it
    const said: Told = await saidTo(to, row).catch((error: unknown) => {
      onFault(error);
      return { error: 'This server could not tell what happened.' };
    });
    if (!('body' in said)) {
      const end = 'end' in said ? said.end : null;
      await lane.change(deliverySettled, { row, status: null, error: said.error, fate: 'failed', end });
      return;
    }
    const headers = signedHeaders(webhookSecretOf(secret, idOf(to.id)), { id: idOf(row.id), at: now(), body: said.body });
    const answer = await post(to.url, { headers, body: said.body }, ending);
    const status = 'status' in answer ? answer.status : null;
    const taken = status !== null && status >= 200 && status < 300;
    if (ending.aborted && !taken) return; // it was us who hung up
    const error = taken ? null : 'error' in answer ? answer.error : `It answered ${answer.status}.`;
    const settling: Settling = { row, status, error, fate: taken ? 'sent' : after(row), end: status === 410 ? 'gone' : null };
    await lane.change(deliverySettled, settling);
  }

  /** What is true now of what happened, as those in the chat hear of it: never an address of e-mail. */
  async function saidTo(to: WebhookTarget, row: DeliveryRow): Promise<Told> {
    if (to.disabled_at !== null) return { error: 'This webhook is sent to no more.' };
    const standing = await standingIn(read, idOf(to.made_by), idOf(to.conversation_id));
    if (to.suspended_at !== null || to.deleted_at !== null || !standing || standing.barred || standing.kind === 'direct')
      return { end: 'makerGone', error: 'Whoever made this webhook is not in the chat any more.' };
    const closing = row.event === 'conversation.closed';
    if (standing.closedAt !== null && !closing) return { end: 'closed', error: 'The chat is closed.' };
    const found = await eventAt(read, to.conversation_id, Number(row.seq));
    const event = found && logEventOf(found);
    const seen =
      event &&
      covers(standing.ranges, event.seq) &&
      (event.number === null || !about.has(event.type) || covers(standing.ranges, event.number));
    const [view] = seen ? await project([event]) : [];
    if (!event || !view) return { error: 'There is nothing left to tell.' };
    return { body: JSON.stringify({ type: event.type, timestamp: isoOf(event.at), data: view }) };
  }

  async function sweep(): Promise<void> {
    const some = await oldDeliveries(read, now() - limits.webhooks.keptFor, 500);
    if (some.length > 0) await lane.change(deliveriesForgotten, { ids: some.map((row) => row.id) });
  }

  return {
    on: send !== null,
    idle: async () => rounds?.idle(),
    sweep,
    async close() {
      clearInterval(sweeping);
      await rounds?.close();
    },
  };
}

/** Their `number` is the seq of the message they are about. */
const about: ReadonlySet<string> = new Set([
  'message.updated',
  'message.deleted',
  'reaction.added',
  'reaction.removed',
  'pin.added',
  'pin.removed',
]);

/** When what failed is tried again, in milliseconds, a little earlier or later, so that not all come at once to a server that is back. */
function after({ attempts }: DeliveryRow): number | 'failed' {
  const pause = limits.webhooks.retryAfter[attempts];
  return pause === undefined ? 'failed' : Math.round(pause * (0.9 + Math.random() * 0.2));
}

type Stored = NonNullable<Awaited<ReturnType<typeof eventAt>>>;

const logEventOf = (row: Stored): LogEvent => ({
  pos: Number(row.pos),
  stream: idOf(row.stream_id),
  seq: Number(row.seq),
  type: row.type as LogEvent['type'],
  actor: row.actor_id === null ? null : idOf(row.actor_id),
  subject: row.subject_id === null ? null : idOf(row.subject_id),
  number: row.number === null ? null : Number(row.number),
  at: Number(row.at),
});
