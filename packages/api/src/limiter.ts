import { type RateName, Refusal, rates } from '@koreromai/contract';
import type { RedisBus } from '@koreromai/realtime';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** What is left of one rate after a try. */
export interface Purse {
  readonly name: RateName;
  readonly remaining: number;
  /** Milliseconds until it is full again. */
  readonly resetIn: number;
}

export interface Limiter {
  /** Counts one try of `name` for `key` and tells what is left. Throws RATE_LIMITED with the seconds to wait. */
  take(name: RateName, key: string, tell?: (purse: Purse) => void): Promise<void>;
  /** Takes one try of `name` for `key` back: it turned out not to be what the rate is against. */
  giveBack(name: RateName, key: string): Promise<void>;
}

type Store = Pick<RedisBus, 'commands' | 'prefix' | 'disguise'>;

/**
 * Counts in Redis for all processes together, or in this process where there is none. While Redis is away each process counts for itself:
 * the limits then hold per process and never fall away. `off` lifts every limit (for load tests).
 */
export function createLimiter(mode: 'on' | 'off', redis: Store | null = null): Limiter {
  const names = Object.keys(rates) as RateName[];
  const limiters = new Map(names.map((name) => [name, redis ? everywhere(name, redis) : here(name)]));
  const named = (key: string) => redis?.disguise(key) ?? key; // they are addresses of people and machines
  return {
    async take(name, key, tell) {
      if (mode === 'off') return;
      try {
        const left = await limiters.get(name)?.consume(named(key));
        if (left) tell?.({ name, remaining: left.remainingPoints, resetIn: left.msBeforeNext });
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        tell?.({ name, remaining: 0, resetIn: error.msBeforeNext });
        throw new Refusal('RATE_LIMITED', { retryAfter: Math.max(1, Math.ceil(error.msBeforeNext / 1_000)) });
      }
    },
    async giveBack(name, key) {
      if (mode === 'on') await limiters.get(name)?.reward(named(key));
    },
  };
}

const boundsOf = (name: RateName) => ({ points: rates[name].points, duration: rates[name].per / 1_000 });

const here = (name: RateName) => new RateLimiterMemory({ keyPrefix: name, ...boundsOf(name) });

function everywhere(name: RateName, { commands, prefix }: Store) {
  return new RateLimiterRedis({
    storeClient: commands,
    keyPrefix: `${prefix}:rate:${name}`,
    rejectIfRedisNotReady: true,
    insuranceLimiter: here(name),
    ...boundsOf(name),
  });
}
