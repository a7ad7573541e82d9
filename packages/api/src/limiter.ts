import { type RateName, Refusal, rates } from '@koreromai/contract';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export interface Limiter {
  /** Counts one try of `name` for `key`. Throws RATE_LIMITED with the seconds to wait. */
  take(name: RateName, key: string): Promise<void>;
}

/** Counts in this process. `off` lifts every limit (for load tests). */
export function createLimiter(mode: 'on' | 'off'): Limiter {
  const names = Object.keys(rates) as RateName[];
  const limiters = new Map(
    names.map((name) => [name, new RateLimiterMemory({ keyPrefix: name, points: rates[name].points, duration: rates[name].per / 1_000 })]),
  );
  return {
    async take(name, key) {
      if (mode === 'off') return;
      try {
        await limiters.get(name)?.consume(key);
      } catch (error) {
        if (error instanceof RateLimiterRes)
          throw new Refusal('RATE_LIMITED', { retryAfter: Math.max(1, Math.ceil(error.msBeforeNext / 1_000)) });
        throw error;
      }
    },
  };
}
