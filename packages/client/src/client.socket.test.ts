import { expect, it } from 'vitest';
import { createClient } from './client.ts';
import { systemClock } from './clock.ts';
import { begin } from './test/begin.ts';
import { arrange } from './test/history.ts';
import { startServer, until } from './test/server.ts';

it('a burst of calls is sent in frames that the server takes', async () => {
  await using here = await begin();
  const posts = Array.from({ length: 60 }, (_, n) =>
    here.client.api.messages.post.mutate({ conversationId: here.chat, id: here.world.newId(), text: `${n} ${'ō'.repeat(3_900)}` }),
  );
  expect(await Promise.all(posts)).toHaveLength(60);
  await Promise.all(Array.from({ length: 60 }, () => here.client.api.conversations.get.query({ conversationId: here.chat })));
  expect(here.server.seen.biggestBatch).toBeGreaterThan(1);
  expect(here.server.seen.biggestBatch).toBeLessThanOrEqual(20);
  expect(here.status()).toBe('live');
});

it('a closed client does not come back', async () => {
  const here = await begin();
  const { subscriptions } = here.server.seen;
  await here.client.close();
  await until(() => here.world.log.readers === 0 && here.server.connections === 0, 'nobody there');
  await new Promise((resolve) => setTimeout(resolve, 100)); // longer than the reconnection that may not come
  expect([here.server.seen.subscriptions, here.server.connections]).toEqual([subscriptions, 0]);
  await here[Symbol.asyncDispose]();
});

it('a server that does not answer any more cannot keep the socket of a closed client', async () => {
  const { world, me } = arrange();
  await using server = await startServer(world);
  let closes = 0;
  class Watched extends WebSocket {
    override close(...args: Parameters<WebSocket['close']>): void {
      closes += 1;
      super.close(...args);
    }
  }
  const client = createClient({ url: server.url, token: server.tokenFor(me.me), webSocket: Watched });
  await client.resume();
  await until(() => client.store.get().connection.status === 'live', 'live');
  server.freeze();
  client.api.conversations.list.query({}).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 20)); // until the call is on the wire
  expect(closes).toBe(0);
  await client.close();
  expect(closes).toBe(1);
});

it('a closed client leaves no connection and no timer', async () => {
  const { world, me } = arrange();
  await using server = await startServer(world);
  let timers = 0;
  const after = (ms: number, fn: () => void) => {
    timers += 1;
    let running = true;
    const done = () => {
      if (running) timers -= 1;
      running = false;
    };
    const cancel = systemClock.after(ms, () => {
      done();
      fn();
    });
    return () => {
      done();
      cancel();
    };
  };
  const client = createClient({ url: server.url, token: server.tokenFor(me.me), clock: { now: Date.now, after } });
  await client.resume();
  await until(() => client.store.get().connection.status === 'live', 'live');
  await server.away();
  await until(() => client.store.get().connection.status === 'reconnecting', 'reconnecting');
  expect(timers).toBeGreaterThan(0);
  await client.close();
  expect([timers, client.store.get().connection.status]).toEqual([0, 'closed']);
});
