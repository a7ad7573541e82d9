import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

/** The webhooks of a chat, newest first, with those who made them. */
export function webhooksOf(read: Reader, conversationId: string, before: string | null, limit: number) {
  let query = read
    .selectFrom('webhook as w')
    .innerJoin('user as m', 'm.id', 'w.made_by')
    .select(['w.id', 'w.conversation_id', 'w.url', 'w.events', 'w.made_by', 'w.created_at as webhook_created_at'])
    .select(['w.failing_since', 'w.disabled_at', 'w.disabled_reason'])
    .select(['m.username', 'm.name', 'm.bio', 'm.avatar_id', 'm.bot', 'm.created_at', 'm.deleted_at'])
    .where('w.conversation_id', '=', bytesOf(conversationId))
    .orderBy('w.id', 'desc')
    .limit(limit);
  if (before !== null) query = query.where('w.id', '<', bytesOf(before));
  return query.execute();
}

export type WebhookRow = Awaited<ReturnType<typeof webhooksOf>>[number];

/** The webhooks of these chats that are sent to. A chat has a few at most. */
export const webhooksListening = (read: Reader, conversationIds: readonly string[]) =>
  conversationIds.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('webhook')
        .select(['id', 'conversation_id', 'events', 'since_seq'])
        .where('conversation_id', 'in', conversationIds.map(bytesOf))
        .where('disabled_at', 'is', null)
        .execute();

/** A webhook with the account of who made it. */
export const webhookOf = (read: Reader, id: Buffer) =>
  read
    .selectFrom('webhook as w')
    .innerJoin('user as m', 'm.id', 'w.made_by')
    .select(['w.id', 'w.conversation_id', 'w.url', 'w.made_by', 'w.disabled_at', 'm.suspended_at', 'm.deleted_at'])
    .where('w.id', '=', id)
    .executeTakeFirst();

export type WebhookTarget = NonNullable<Awaited<ReturnType<typeof webhookOf>>>;

/** What webhooks are to be told at `now`, the longest waiting first, but for webhooks that are told enough already. */
export function deliveriesDue(read: Reader, now: number, busy: readonly string[], limit: number) {
  let query = read.selectFrom('webhook_delivery').selectAll().where('run_after', '<=', now).orderBy('run_after').limit(limit);
  if (busy.length > 0) query = query.where('webhook_id', 'not in', busy.map(bytesOf));
  return query.execute();
}

export type DeliveryRow = Awaited<ReturnType<typeof deliveriesDue>>[number];

interface DeliveriesOf {
  readonly conversationId: string;
  readonly webhookId: string;
  /** A delivery's id. */
  readonly before: string | null;
  readonly limit: number;
}

/** What a webhook of that chat was and is to be told, newest first. */
export function deliveriesOf(read: Reader, { conversationId, webhookId, before, limit }: DeliveriesOf): Promise<DeliveryRow[]> {
  let query = read
    .selectFrom('webhook_delivery as d')
    .innerJoin('webhook as w', 'w.id', 'd.webhook_id')
    .selectAll('d')
    .where('d.webhook_id', '=', bytesOf(webhookId))
    .where('w.conversation_id', '=', bytesOf(conversationId))
    .orderBy('d.id', 'desc')
    .limit(limit);
  if (before !== null) query = query.where('d.id', '<', bytesOf(before));
  return query.execute();
}

/** Ids of some deliveries that were made before `before`, however they ended. */
export const oldDeliveries = (read: Reader, before: number, limit: number) =>
  read.selectFrom('webhook_delivery').select('id').where('created_at', '<', before).orderBy('created_at').limit(limit).execute();

/** One event of the log by its place. */
export const eventAt = (read: Reader, stream: Buffer, seq: number) =>
  read
    .selectFrom('event')
    .select(['pos', 'stream_id', 'seq', 'type', 'actor_id', 'subject_id', 'number', 'at'])
    .where('stream_id', '=', stream)
    .where('seq', '=', seq)
    .executeTakeFirst();
