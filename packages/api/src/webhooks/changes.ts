import { limits, Refusal, type WebhookEnd, type WebhookEvent } from '@koreromai/contract';
import { bytesOf, type DeliveryRow, idOf, locked, lookup } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { atTheServer, audit } from '../admin/audit.ts';
import { tendingLookups, tends } from '../hooks/manage.ts';

interface Acting {
  readonly id: string;
  readonly conversationId: string;
  readonly actorId: string;
}

/** Whose deed is written down. */
interface Deed extends Acting {
  /** Where they called from. */
  readonly address: string;
}

const webhooksIn = (inputs: readonly Acting[]) =>
  lookup(
    'webhook',
    ['id', 'url', 'disabled_at'],
    ['conversation_id'],
    inputs.map((i) => [bytesOf(i.conversationId)]),
  );

/** Somebody who tends the chat has another system hear of what happens there. */
export const webhookMade = changeKind<Deed & { url: string; events: readonly WebhookEvent[] }, void>()({
  name: 'webhook.made',
  alone: true,
  streams: (input) => [input.conversationId],
  lookups: (inputs) => ({ ...tendingLookups(inputs), webhooks: webhooksIn(inputs) }),
  facts: (found) => found,
  decide({ id, conversationId, actorId, address, url, events }, found, draft) {
    tends(found);
    if (found.webhooks.some((w) => idOf(w.id) === id)) return; // a rerun after a lost answer
    if (found.webhooks.length >= limits.webhooks.perConversation) throw new Refusal('TOO_MANY_HOOKS');
    const row = { id: bytesOf(id), conversation_id: bytesOf(conversationId), url, events: events.join(' '), made_by: bytesOf(actorId) };
    draft.insert('webhook', {
      ...row,
      since_seq: draft.head(conversationId),
      created_at: draft.now,
      failing_since: null,
      disabled_at: null,
      disabled_reason: null,
    });
    const detail = { ...whereTo(conversationId, url), events: row.events };
    audit(draft, { actorId, address }, { action: 'webhook.made', target: id, detail });
  },
});

/** Nothing is sent there any more, and what was is forgotten. Twice is no mistake. */
export const webhookRemoved = changeKind<Deed, void>()({
  name: 'webhook.removed',
  alone: true,
  streams: (input) => [input.conversationId],
  lookups: (inputs) => ({ ...tendingLookups(inputs), webhooks: webhooksIn(inputs) }),
  facts: (found) => found,
  decide({ id, conversationId, ...act }, found, draft) {
    tends(found);
    const row = found.webhooks.find((w) => idOf(w.id) === id);
    if (!row) return;
    draft.delete('webhook', { id: bytesOf(id), conversation_id: bytesOf(conversationId) });
    draft.delete('webhook_delivery', { webhook_id: bytesOf(id) });
    audit(draft, act, { action: 'webhook.ended', target: id, detail: whereTo(conversationId, row.url) });
  },
});

/** It is sent to again, from now on: what failed meanwhile is sent again one by one, by whoever wants it. */
export const webhookEnabled = changeKind<Deed, void>()({
  name: 'webhook.enabled',
  alone: true,
  streams: (input) => [input.conversationId],
  lookups: (inputs) => ({ ...tendingLookups(inputs), webhooks: webhooksIn(inputs) }),
  facts: (found) => found,
  decide({ id, conversationId, actorId, address }, found, draft) {
    tends(found);
    const row = found.webhooks.find((w) => idOf(w.id) === id);
    if (!row) throw new Refusal('NOT_FOUND');
    if (row.disabled_at === null) return;
    const on = { disabled_at: null, disabled_reason: null, failing_since: null, since_seq: draft.head(conversationId) };
    draft.update('webhook', { ...on, made_by: bytesOf(actorId) }, { id: row.id }); // who lets it go on answers for it: it hears what they may
    audit(draft, { actorId, address }, { action: 'webhook.enabled', target: id, detail: whereTo(conversationId, row.url) });
  },
});

/** One delivery is tried again at once, with all its tries before it: the same id, so that a receiver who has it knows it. */
export const deliveryResent = changeKind<Acting & { deliveryId: string }, void>()({
  name: 'webhook.resent',
  alone: true,
  streams: (input) => [input.conversationId],
  lookups: (inputs) => ({
    ...tendingLookups(inputs),
    webhooks: webhooksIn(inputs),
    deliveries: lookup(
      'webhook_delivery',
      ['id', 'webhook_id'],
      ['id'],
      inputs.map((i) => [bytesOf(i.deliveryId)]),
    ),
  }),
  facts: (found) => found,
  decide({ id, deliveryId }, found, draft) {
    tends(found);
    const row = found.webhooks.find((w) => idOf(w.id) === id);
    if (!row || !found.deliveries.some((d) => d.webhook_id.equals(row.id))) throw new Refusal('NOT_FOUND');
    if (row.disabled_at !== null) throw new Refusal('WEBHOOK_DISABLED');
    draft.update('webhook_delivery', { state: 'waiting', attempts: 0, run_after: draft.now }, { id: bytesOf(deliveryId) });
  },
});

export interface Settling {
  readonly row: DeliveryRow;
  readonly status: number | null;
  readonly error: string | null;
  /** `sent`, `failed` for good, or milliseconds from now to try again. */
  readonly fate: 'sent' | 'failed' | number;
  /** The webhook is sent to no more. */
  readonly end: WebhookEnd | null;
}

/** What became of a try. One that nothing arrives at for days is sent to no more. */
export const deliverySettled = changeKind<Settling, void>()({
  name: 'webhook.settled',
  alone: true,
  background: true,
  streams: () => [],
  lookups: (inputs) => ({
    webhook: locked(
      lookup(
        'webhook',
        ['conversation_id', 'url', 'failing_since', 'disabled_at'],
        ['id'],
        inputs.map((i) => [i.row.webhook_id]),
      ),
    ),
  }),
  facts: (found) => found.webhook[0],
  decide({ row, status, error, fate, end }, webhook, draft) {
    if (!webhook) return; // removed meanwhile, and its deliveries with it
    const since = webhook.failing_since === null ? draft.now : Number(webhook.failing_since);
    const over = end ?? (fate !== 'sent' && draft.now - since >= limits.webhooks.givesUpAfter ? 'failing' : null);
    const again = typeof fate === 'number' && over === null && webhook.disabled_at === null;
    const settled = again
      ? { state: 'waiting', run_after: draft.now + fate }
      : { state: fate === 'sent' ? 'sent' : 'failed', run_after: null };
    draft.update('webhook_delivery', { status, error, attempts: row.attempts + 1, ...settled }, { id: row.id });
    if (fate === 'sent') {
      if (webhook.failing_since !== null) draft.update('webhook', { failing_since: null }, { id: row.webhook_id });
      return;
    }
    if (webhook.failing_since === null) draft.update('webhook', { failing_since: since }, { id: row.webhook_id });
    if (over === null || webhook.disabled_at !== null) return;
    disable(draft, row.webhook_id, over);
    const detail = { ...whereTo(idOf(webhook.conversation_id), webhook.url), reason: over };
    audit(draft, atTheServer, { action: 'webhook.disabled', target: idOf(row.webhook_id), detail });
  },
});

/** For the audit: the host alone, for the rest of an address may be a secret. */
const whereTo = (conversationId: string, url: string) => ({ chat: conversationId, host: new URL(url).host });

function disable(draft: Draft, id: Buffer, reason: WebhookEnd): void {
  draft.update('webhook', { disabled_at: draft.now, disabled_reason: reason }, { id });
  draft.update('webhook_delivery', { state: 'failed', run_after: null }, { webhook_id: id, state: 'waiting' });
}

/** Old deliveries are forgotten, however they ended. */
export const deliveriesForgotten = changeKind<{ ids: readonly Buffer[] }, void>()({
  name: 'webhook.forgotten',
  alone: false,
  background: true,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide({ ids }, _facts, draft) {
    for (const id of ids) draft.delete('webhook_delivery', { id });
  },
});
