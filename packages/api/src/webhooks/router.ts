import {
  createWebhookInput,
  deliveriesInput,
  delivery,
  deliveryRef,
  deliveryState,
  limits,
  madeWebhook,
  pageOf,
  Refusal,
  webhook,
  webhookEnd,
  webhookEvent,
  webhookRef,
  webhooksInput,
} from '@koreromai/contract';
import { bytesOf, type DeliveryRow, deliveriesOf, idOf, newId, type Reader, type WebhookRow, webhookOf, webhooksOf } from '@koreromai/db';
import { z } from 'zod';
import { paged } from '../page.ts';
import { limited, router, tending } from '../trpc.ts';
import { isoOf, userView } from '../users/view.ts';
import { deliveryResent, webhookEnabled, webhookMade, webhookRemoved } from './changes.ts';
import { webhookTargetOf } from './send.ts';
import { webhookSecretOf } from './sign.ts';

const params = { id: 'conversationId' };
const path = '/conversations/{id}/webhooks';

/** Where other systems hear of what happens in a chat; whoever tends the chat sees them all, and what became of each delivery. */
export const webhooksRouter = router({
  list: tending
    .meta({ rest: { method: 'GET', path, params, summary: 'List the outgoing webhooks of a chat' } })
    .use(limited('read'))
    .input(webhooksInput)
    .output(pageOf(webhook))
    .query(async ({ ctx, input: { conversationId, cursor, limit } }) => {
      const { read, seal } = ctx.services;
      const page = await paged({
        seal,
        list: `webhooks ${conversationId}`,
        key: z.string(),
        ...{ cursor, limit },
        rows: (before, count) => webhooksOf(read, conversationId, before, count),
        keyOf: (row) => idOf(row.id),
      });
      return { ...page, items: page.items.map(webhookView) };
    }),

  create: tending
    .meta({
      rest: { method: 'POST', path, params, summary: 'Make an outgoing webhook, whose secret is shown this once', status: 201 },
    })
    .use(limited('change'))
    .input(createWebhookInput)
    .output(madeWebhook)
    .mutation(async ({ ctx, input: { conversationId, url, events: asked } }) => {
      const { db, lane, read, now } = ctx.services;
      const target = webhookTargetOf(url);
      if (target === null) throw new Refusal('BAD_INPUT', { fields: { url: 'must be an https address on the public Internet' } });
      const id = newId(now());
      const events = webhookEvent.options.filter((event) => asked.includes(event));
      await lane.change(webhookMade, { id, conversationId, ...by(ctx), url: target.href, events });
      const row = (await webhooksOf(read, conversationId, null, limits.webhooks.perConversation)).find((one) => idOf(one.id) === id);
      if (!row) throw new Refusal('NOT_FOUND'); // gone in the same moment
      return { ...webhookView(row), secret: webhookSecretOf(db.secret, id) };
    }),

  remove: tending
    .meta({ rest: { method: 'DELETE', path: `${path}/{webhookId}`, params, summary: 'End an outgoing webhook' } })
    .use(limited('change'))
    .input(webhookRef)
    .output(z.void())
    .mutation(async ({ ctx, input: { conversationId, webhookId } }) => {
      await here(ctx.services.read, conversationId, webhookId);
      await ctx.services.lane.change(webhookRemoved, { id: webhookId, conversationId, ...by(ctx) });
    }),

  enable: tending
    .meta({ rest: { method: 'POST', path: `${path}/{webhookId}/enable`, params, summary: 'Send to a webhook again that was disabled' } })
    .use(limited('change'))
    .input(webhookRef)
    .output(z.void())
    .mutation(({ ctx, input: { conversationId, webhookId } }) =>
      ctx.services.lane.change(webhookEnabled, { id: webhookId, conversationId, ...by(ctx) }),
    ),

  deliveries: tending
    .meta({ rest: { method: 'GET', path: `${path}/{webhookId}/deliveries`, params, summary: 'What was sent to a webhook, newest first' } })
    .use(limited('read'))
    .input(deliveriesInput)
    .output(pageOf(delivery))
    .query(async ({ ctx, input: { conversationId, webhookId, cursor, limit } }) => {
      const { read, seal } = ctx.services;
      const page = await paged({
        seal,
        list: `deliveries ${conversationId} ${webhookId}`,
        key: z.string(),
        ...{ cursor, limit },
        rows: (before, count) => deliveriesOf(read, { conversationId, webhookId, before, limit: count }),
        keyOf: (row) => idOf(row.id),
      });
      if (page.items.length === 0) await here(read, conversationId, webhookId); // nothing was sent, or there is no such webhook here
      return { ...page, items: page.items.map(deliveryView) };
    }),

  resend: tending
    .meta({
      rest: {
        method: 'POST',
        path: `${path}/{webhookId}/deliveries/{deliveryId}/resend`,
        params,
        summary: 'Send a delivery again, under the same id',
      },
    })
    .use(limited('change'))
    .input(deliveryRef)
    .output(z.void())
    .mutation(({ ctx, input: { conversationId, webhookId, deliveryId } }) =>
      ctx.services.lane.change(deliveryResent, { id: webhookId, conversationId, deliveryId, actorId: ctx.caller.id }),
    ),
});

/** Who does it, and from where. */
const by = ({ caller, address }: { caller: { id: string }; address: string }) => ({ actorId: caller.id, address });

/** Another chat's does not exist here. */
async function here(read: Reader, conversationId: string, webhookId: string): Promise<void> {
  const row = await webhookOf(read, bytesOf(webhookId));
  if (!row || idOf(row.conversation_id) !== conversationId) throw new Refusal('NOT_FOUND');
}

const webhookView = (row: WebhookRow) => ({
  id: idOf(row.id),
  conversationId: idOf(row.conversation_id),
  url: row.url,
  events: webhookEvent.options.filter((event) => row.events.split(' ').includes(event)),
  madeBy: userView(row.made_by, row),
  createdAt: isoOf(row.webhook_created_at),
  failingSince: row.failing_since === null ? null : isoOf(row.failing_since),
  disabled: row.disabled_at === null ? null : { at: isoOf(row.disabled_at), reason: webhookEnd.parse(row.disabled_reason) },
});

const deliveryView = (row: DeliveryRow) => ({
  id: idOf(row.id),
  event: webhookEvent.parse(row.event),
  state: deliveryState.parse(row.state),
  status: row.status,
  attempts: row.attempts,
  error: row.error,
  createdAt: isoOf(row.created_at),
  nextTryAt: row.run_after === null ? null : isoOf(row.run_after),
});
