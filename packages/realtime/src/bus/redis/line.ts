import { Redis, type RedisOptions } from 'ioredis';

export interface LineOptions {
  /** `redis://…` or `rediss://…`, with the password if there is one. */
  readonly url: string;
  /** The channel that this instance's processes share, and nobody else. */
  readonly channel: string;
  readonly onFault: (error: unknown) => void;
  /** Something came over the channel, from whomever. */
  readonly onMessage: (text: string) => void;
  /** Says something over the channel that comes back to `onMessage`, which then calls `heardMyself`. */
  readonly beat: () => void;
}

/** Two connections to Redis that mend themselves. While they are down nothing is kept for later. */
export interface Line {
  /** For single commands: rejects at once while Redis is away. */
  readonly commands: Redis;
  /** What this process says over the channel comes back to it. */
  readonly up: boolean;
  /** Called when it is up, and each time it is up again: what was said meanwhile was missed. */
  onUp(listener: () => void): () => void;
  /** Rejects while Redis is away. */
  publish(text: string): Promise<unknown>;
  heardMyself(): void;
  close(): Promise<void>;
}

const beatEvery = 500;
const lostAfter = 2_000;

/** Milliseconds until the next try: 100, 200 … 2,000, each somewhat more or less, so that processes do not come back in step. */
const retryAfter = (times: number) => Math.min(2_000, 50 * 2 ** Math.min(times, 10)) * (0.5 + Math.random());

const options = {
  enableOfflineQueue: false, // a queue would grow for as long as Redis is away
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  commandTimeout: 500,
  connectTimeout: 2_000,
  keepAlive: 10_000,
  retryStrategy: retryAfter,
} satisfies RedisOptions;

/** Connects in the background: whoever starts while Redis is away starts all the same. Told once per outage, not at every try. */
export function openLine({ url, channel, onFault, onMessage, beat }: LineOptions): Line {
  const commands = new Redis(url, options);
  const ears = new Redis(url, options);
  const listeners = new Set<() => void>();
  let up = false;
  let told = false;
  let closed = false;
  let heardAt = performance.now();
  let lookedAt = heardAt;

  function lost(error: unknown): void {
    up = false;
    if (told || closed) return;
    told = true;
    onFault(
      new Error('Redis does not answer: until it does, this process looks at the log each second and counts alone.', { cause: error }),
    );
  }
  for (const redis of [commands, ears]) {
    redis.on('error', lost);
    redis.on('close', () => lost(new Error('The connection to Redis ended.')));
  }
  ears.on('ready', () => void ears.subscribe(channel).then(beat, lost));
  commands.on('ready', beat);
  ears.on('message', (_channel, text) => onMessage(text));

  function look(): void {
    const now = performance.now();
    if (now - lookedAt > beatEvery * 3) heardAt = now; // we ourselves stood still
    lookedAt = now;
    if (now - heardAt > lostAfter) {
      lost(new Error('What this process said over Redis did not come back.'));
      heardAt = now;
      // A frozen server keeps its connections open: only new ones tell when it is back. Those that try already go on by themselves.
      for (const redis of [commands, ears]) if (redis.status === 'ready' || redis.status === 'connect') redis.disconnect(true);
    }
    if (commands.status === 'ready') beat();
  }
  const timer = setInterval(look, beatEvery);
  timer.unref();

  return {
    commands,
    get up() {
      return up;
    },
    onUp(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    publish: (text) => commands.publish(channel, text),
    heardMyself() {
      heardAt = performance.now();
      if (up || closed) return;
      up = true;
      told = false;
      for (const listener of [...listeners]) listener();
    },
    async close() {
      if (closed) return;
      closed = true;
      up = false;
      clearInterval(timer);
      listeners.clear();
      for (const redis of [commands, ears]) redis.disconnect();
    },
  };
}
