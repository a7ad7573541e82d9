import type { WebhookEvent } from '@koreromai/contract';
import { bytesOf, newId } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import type { Fixtures } from './scene.ts';

/** Webhooks, both ways. */
export const hooksLists: Fixtures = {
  'hooks.list': async ({ world }) => {
    const who = await world.person(`keeper-${world.clock.now++}`);
    const { id: conversationId } = await who.api.rooms.create({ name: `Builds ${world.clock.now++}` });
    const make = () => who.api.hooks.create({ conversationId, name: `Hook ${world.clock.now++}` });
    for (let i = 0; i < 5; i++) await make();
    return {
      list: (input) => who.api.hooks.list({ conversationId, ...input } as never),
      key: (h: { id: string }) => h.id,
      write: make,
      size: 5,
    };
  },
  'webhooks.list': async ({ world, mia }) => {
    const { id: conversationId } = await mia.api.rooms.create({ name: `Told ${world.clock.now++}` });
    const make = () =>
      mia.api.webhooks.create({ conversationId, url: `https://hooks.example.nz/${world.clock.now++}`, events: ['message.created'] });
    for (let i = 0; i < 4; i++) await make();
    return {
      list: (input) => mia.api.webhooks.list({ conversationId, ...input } as never),
      key: (w: { id: string }) => w.id,
      write: make,
      size: 4,
    };
  },
  'webhooks.deliveries': async ({ world, mia }) => {
    const { id: conversationId } = await mia.api.rooms.create({ name: `Told ${world.clock.now++}` });
    const events: WebhookEvent[] = ['message.created'];
    const { id: webhookId } = await mia.api.webhooks.create({ conversationId, url: 'https://hooks.example.nz/', events });
    const say = () => world.services.lane.change(queued, { webhookId, at: world.clock.now++ });
    for (let i = 0; i < 5; i++) await say();
    return {
      list: (input) => mia.api.webhooks.deliveries({ conversationId, webhookId, ...input } as never),
      key: (d: { id: string }) => d.id,
      write: say,
      size: 5,
    };
  },
};

/** A delivery as the follower queues it, and never due: this world sends nothing. */
const queued = changeKind<{ webhookId: string; at: number }, void>()({
  name: 'test.queued',
  alone: true,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide({ webhookId, at }, _facts, draft) {
    const row = { id: bytesOf(newId(at)), webhook_id: bytesOf(webhookId), event: 'message.created', seq: 1, state: 'sent', attempts: 1 };
    draft.insert('webhook_delivery', { ...row, status: 200, error: null, run_after: null, created_at: at });
  },
});
