import type { WebhookEvent } from '@koreromai/contract';
import type { Dialect } from '@koreromai/testing';
import { expect } from 'vitest';
import { createWorld, type Person } from '../../test/world.ts';
import { createReceiver, type Received } from './receiver.ts';

export const all: WebhookEvent[] = [
  'message.created',
  'message.updated',
  'message.deleted',
  'reaction.added',
  'member.added',
  'conversation.closed',
];

/** A world whose webhooks lead to a server of its own, with a group in it. */
export async function createScene(dialect: Dialect, addresses?: (host: string) => string[]) {
  const receiver = await createReceiver(addresses);
  const world = await createWorld(dialect, { webhooks: receiver.send });
  const [root, hana, wiremu, mere] = await world.people('root', 'hana', 'wiremu', 'mere');
  const { id: conversationId } = await world.group(hana, [wiremu, mere]);
  const { services, clock } = world;
  return {
    ...{ receiver, world, root, hana, wiremu, mere, conversationId },
    make: (url = 'https://hooks.example.nz/in', events: WebhookEvent[] = all) => hana.api.webhooks.create({ conversationId, url, events }),
    say: async (who: Person, text = 'Kia ora') => (await who.api.messages.post({ conversationId, text })).message,
    /** Everything that is due within `ms` has gone out; what came since the last time. */
    async told(ms = 0) {
      await services.caughtUp();
      clock.now += ms;
      await services.webhooks.idle();
      return receiver.received.splice(0);
    },
    deliveries: async (webhookId: string) => (await hana.api.webhooks.deliveries({ conversationId, webhookId })).items,
    webhook: async () => (await hana.api.webhooks.list({ conversationId })).items[0],
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
      expect(world.faults).toEqual([]);
    },
  };
}

export const bodyOf = (received: Pick<Received, 'body'>) =>
  JSON.parse(received.body) as { type: string; timestamp: string; data: Record<string, unknown> };
