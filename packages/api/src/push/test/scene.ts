import { limits } from '@koreromai/contract';
import type { Dialect } from '@koreromai/testing';
import { expect } from 'vitest';
import { createWorld, type Person } from '../../test/world.ts';
import { type Browser, createService } from './service.ts';

/** A world whose messages to browsers go to a push service of its own. */
export async function createScene(dialect: Dialect, addresses?: (host: string) => string[]) {
  const service = await createService(addresses);
  const world = await createWorld(dialect, { pushes: service.post, presenceGrace: 0 });
  const { clock, services } = world;
  return {
    service,
    world,
    async listening(who: Person, browser = service.browser()): Promise<Browser> {
      await who.api.push.subscribe(browser.subscription);
      return browser;
    },
    async say(who: Person, conversationId: string, text = 'Kia ora') {
      clock.now += 1;
      return (await who.api.messages.post({ conversationId, text })).message;
    },
    /** Everything that is due within `ms` has gone out; what was delivered since the last time. */
    async told(ms: number = limits.push.gather) {
      await services.caughtUp();
      clock.now += ms;
      await services.push.idle();
      return service.delivered.splice(0);
    },
    waiting: async () => (await services.read.selectFrom('push_delivery').selectAll().execute()).map((row) => row.attempts),
    browsers: async () => (await services.read.selectFrom('push_subscription').select('endpoint').execute()).map((row) => row.endpoint),
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await service[Symbol.asyncDispose]();
      expect(world.faults).toEqual([]);
    },
  };
}
