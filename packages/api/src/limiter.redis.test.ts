import { randomBytes } from 'node:crypto';
import { rates } from '@koreromai/contract';
import { createRedisBus } from '@koreromai/realtime';
import { createDice, eventually, patience, startProxy, withRedis } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createLimiter, type Limiter } from './limiter.ts';
import { verdict } from './test/refused.ts';

withRedis('rate limits of several processes', (url) => {
  /** Limiters of so many processes of one instance. */
  async function processes(count: number, from = url) {
    const secret = randomBytes(16);
    const buses = Array.from({ length: count }, () => createRedisBus({ url: from, secret, onFault: () => {} }));
    await eventually('all are up', () => buses.every((bus) => bus.up));
    return {
      buses,
      limiters: buses.map((bus) => createLimiter('on', bus)),
      async [Symbol.asyncDispose]() {
        await Promise.all(buses.map((bus) => bus.close()));
      },
    };
  }
  const passed = async (limiter: Limiter | undefined, tries: number, key = 'anahera@example.nz') => {
    let count = 0;
    for (let i = 0; i < tries; i++) if (limiter && (await verdict(limiter.take('signIn', key))) === 'done') count++;
    return count;
  };
  const { points } = rates.signIn;

  test('R8: they count together, and what one gives back the other may take', async () => {
    await using made = await processes(2);
    const [one, two] = made.limiters;
    expect(await passed(one, points - 1)).toBe(points - 1);
    expect(await passed(two, 5)).toBe(1);
    expect(await passed(one, 5), 'and the other knows').toBe(0);
    await Promise.all(Array.from({ length: 9 }, () => two?.giveBack('signIn', 'anahera@example.nz'))); // as many as were refused, and one
    await one?.giveBack('signIn', 'anahera@example.nz');
    expect(await passed(one, 5)).toBe(1);
    expect(await passed(one, 1, 'tama@example.nz'), 'another key').toBe(1);
  });

  test('what is counted for cannot be read in Redis, and goes by itself', async () => {
    await using made = await processes(1);
    const [bus] = made.buses;
    await made.limiters[0]?.take('signIn', 'anahera@example.nz');
    const keys = (await bus?.commands.keys(`${bus.prefix}*`)) ?? [];
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toContain('anahera');
    expect(await bus?.commands.pttl(keys[0] ?? '')).toBeGreaterThan(0);
  });

  test('K8: while Redis is away or frozen each process counts for itself: the limits stand, and nobody waits long', async () => {
    await using proxy = await startProxy(Number(new URL(url).port || 6379), createDice(1));
    await using made = await processes(2, `redis://127.0.0.1:${proxy.port}`);
    const [one, two] = made.limiters;
    proxy.weather.blackhole = 'both';
    expect(await passed(one, 1)).toBe(1);
    await eventually('the loss is noticed', () => made.buses.every((bus) => !bus.up));
    const began = performance.now();
    expect(await passed(one, points + 5)).toBe(points - 1);
    expect(await passed(two, points + 5)).toBe(points);
    expect(performance.now() - began).toBeLessThan(1_000 * patience);
    proxy.weather.blackhole = 'none';
    await eventually('it is back', () => made.buses.every((bus) => bus.up));
    expect(await passed(one, points + 5), 'counted together again').toBeLessThanOrEqual(points);
    expect(await passed(two, 5)).toBe(0);
  });
});
