import { randomBytes } from 'node:crypto';
import { createDice, eventually, startProxy, withRedis } from '@koreromai/testing';
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { busConformance } from '../test/conformance.ts';
import { createPost } from './envelope.ts';
import { createRedisBus, type RedisBus } from './redis-bus.ts';

withRedis('the bus of several processes', (url) => {
  async function connected(count: number, { secret = randomBytes(16), from = url }: { secret?: Buffer; from?: string } = {}) {
    const faults: unknown[] = [];
    const buses = Array.from({ length: count }, () => createRedisBus({ url: from, secret, onFault: (error) => void faults.push(error) }));
    await eventually('all are up', () => buses.every((bus) => bus.up));
    return {
      buses,
      faults,
      async [Symbol.asyncDispose]() {
        await Promise.all(buses.map((bus) => bus.close()));
      },
    };
  }

  busConformance(() => connected(3));

  /** What a bus hears, as words. */
  function heardBy(bus: RedisBus): string[] {
    const heard: string[] = [];
    bus.listen(({ pos, events }) => void heard.push(`bell ${pos} ${events?.length ?? 'without events'}`));
    bus.overhear(({ frame }) => void heard.push(`whisper ${frame.type}`));
    bus.answer(({ here }) => void heard.push(`roll ${here.length}`));
    return heard;
  }
  const userId = '019f0000-0000-7000-8000-000000000001';
  const typing = { type: 'typing', stream: userId, userId, at: '2026-11-21T03:00:00.000Z' } as const;

  test("K7: who can write to the Redis but has not our key rings no bell and puts no words in anybody's mouth", async () => {
    const secret = randomBytes(16);
    await using made = await connected(2, { secret });
    const [bus, other] = made.buses as [RedisBus, RedisBus];
    const heard = heardBy(bus);
    const forger = new Redis(url);
    const letter = { kind: 'bell', pos: 9, events: [{ pos: 9 }] };
    const envelope = { node: 'forged', at: 1, letter };
    const stranger = createPost(randomBytes(16)).write(envelope as never);
    const body = JSON.stringify(envelope);
    for (const text of [stranger, body, `${'A'.repeat(22)}${body}`, '', '{', 'ā'.repeat(50), 'x'.repeat(1_000_000)])
      expect(await forger.publish(`${bus.prefix}:bus`, text), 'somebody listens there').toBe(2);
    other.ring({ pos: 10 });
    await eventually('the true bell', () => heard.includes('bell 10 without events'));
    expect(heard).toEqual(['bell 10 without events']);
    expect(made.faults).toEqual([]);

    // Even under our key a bell carries no content, and what is no letter is none.
    const post = createPost(secret);
    const whisper = { frame: typing, streams: [userId], except: [] };
    for (const one of [
      letter,
      { kind: 'bell', pos: -1 },
      { kind: 'bell', pos: 1e300 },
      { kind: 'whisper', whisper: { ...whisper, frame: { type: 'message.created', text: 'hi' } } },
      { kind: 'whisper', whisper: { ...whisper, streams: Array(5_000).fill(userId) } },
      { kind: 'roll', roll: { node: 1, here: [], gone: [] } },
      { kind: 'surprise' },
      null,
    ])
      await forger.publish(`${bus.prefix}:bus`, post.write({ node: 'odd', at: 1, letter: one } as never));
    other.ring({ pos: 11 });
    await eventually('the true bell', () => heard.includes('bell 11 without events'));
    expect(heard.slice(1)).toEqual(['bell 9 without events', 'bell 11 without events']);
    expect(made.faults).toEqual([]);
    forger.disconnect();
  });

  test('of more bells than can be under way at once the last one is heard all the same', async () => {
    await using made = await connected(2);
    const [bus, other] = made.buses as [RedisBus, RedisBus];
    const heard = heardBy(other);
    for (let pos = 1; pos <= 2_000; pos++) bus.ring({ pos });
    await eventually('the last', () => heard.at(-1) === 'bell 2000 without events');
    expect(heard.length).toBeLessThan(2_000);
  });

  test('instances that share a Redis hear nothing of each other: their names come from their databases', async () => {
    await using ours = await connected(2);
    await using theirs = await connected(1);
    const [one, two] = ours.buses as [RedisBus, RedisBus];
    const [stranger] = theirs.buses as [RedisBus];
    const heard = heardBy(stranger);
    expect(stranger.prefix).not.toBe(one.prefix);
    one.ring({ pos: 1 });
    one.whisper({ frame: typing, streams: [userId], except: [] });
    one.call({ node: 'one', here: [userId], gone: [], asks: false });
    const own = heardBy(two);
    one.ring({ pos: 2 });
    await eventually('their own hear it', () => own.length > 0);
    stranger.ring({ pos: 7 });
    expect(heard).toEqual(['bell 7 without events']);
  });

  test('what passes is over after six seconds on the way; a bell never is, and clocks need not agree', async () => {
    const secret = randomBytes(16);
    await using made = await connected(1, { secret });
    const [bus] = made.buses as [RedisBus];
    const heard = heardBy(bus);
    const far = new Redis(url);
    const post = createPost(secret);
    const say = (at: number, letter: object) => far.publish(`${bus.prefix}:bus`, post.write({ node: 'far', at, letter } as never));
    const whisper = { kind: 'whisper', whisper: { frame: typing, streams: [userId], except: [] } };
    await say(1_000_000, { kind: 'beat' }); // that process has been up for longer than we
    await say(1_000_000 - 5_000, whisper);
    await say(1_000_000 - 7_000, whisper);
    await say(1_000_000 - 7_000, { kind: 'bell', pos: 3 });
    await eventually('the bell', () => heard.includes('bell 3 without events'));
    expect(heard).toEqual(['whisper typing', 'bell 3 without events']);
    far.disconnect();
  });

  describe('while Redis is away', () => {
    const port = Number(new URL(url || 'redis://127.0.0.1:1').port || 6379);

    test('the process hears itself, keeps nothing for later, is told of it once, and comes back by itself', async () => {
      await using proxy = await startProxy(port, createDice(1));
      const secret = randomBytes(16);
      await using made = await connected(1, { secret, from: `redis://127.0.0.1:${proxy.port}` });
      await using beside = await connected(1, { secret });
      const [bus] = made.buses as [RedisBus];
      const [other] = beside.buses as [RedisBus];
      const [own, theirs] = [heardBy(bus), heardBy(other)];
      let ups = 0;
      bus.onUp(() => ups++);

      const target = proxy.target;
      proxy.target = 1; // nobody listens there
      proxy.resetAll();
      await eventually('the loss is noticed', () => !bus.up);
      for (let pos = 1; pos <= 1_000; pos++) bus.ring({ pos });
      bus.whisper({ frame: typing, streams: [userId], except: [] });
      expect(own).toHaveLength(1_001);
      await expect(bus.commands.get('anything')).rejects.toThrow();
      proxy.target = target;
      await eventually('it is back', () => bus.up);
      expect(ups).toBe(1);
      bus.ring({ pos: 1_001 });
      await eventually('the others hear again', () => theirs.length > 0);
      expect(theirs).toEqual(['bell 1001 without events']);
      expect(made.faults).toHaveLength(1);
    });

    test('a Redis that holds its connections open and says nothing is lost as well, and found again', async () => {
      await using proxy = await startProxy(port, createDice(1));
      await using made = await connected(1, { from: `redis://127.0.0.1:${proxy.port}` });
      const [bus] = made.buses as [RedisBus];
      proxy.weather.blackhole = 'both';
      const asked = bus.commands.get('anything');
      await expect(asked, 'it does not wait for ever').rejects.toThrow();
      await eventually('the loss is noticed', () => !bus.up);
      proxy.weather.blackhole = 'none';
      await eventually('it is back', () => bus.up);
      expect(made.faults).toHaveLength(1);
    });

    test('a process starts without Redis, and finds it when it comes', async () => {
      await using proxy = await startProxy(1, createDice(1));
      const faults: unknown[] = [];
      const bus = createRedisBus({
        url: `redis://127.0.0.1:${proxy.port}`,
        secret: randomBytes(16),
        onFault: (error) => void faults.push(error),
      });
      await eventually('it is told', () => faults.length === 1);
      expect(bus.up).toBe(false);
      proxy.target = port;
      await eventually('it is there', () => bus.up);
      expect(faults).toHaveLength(1);
      await bus.close();
    });
  });
});
