import type { Purse } from '@koreromai/api';
import { rates } from '@koreromai/contract';

/**
 * What is left, in the words of the IETF's draft (one member for each rate that was counted) and in the older ones, which know
 * one rate only: the scarcest. `X-RateLimit-Reset` is the Unix second at which it is full again.
 */
export function tellLimits(headers: Headers, purses: readonly Purse[]): void {
  const scarcest = purses.toSorted((a, b) => shareOf(a) - shareOf(b))[0];
  if (!scarcest) return;
  headers.set('ratelimit-policy', purses.map(({ name }) => `"${name}";q=${rates[name].points};w=${rates[name].per / 1_000}`).join(', '));
  headers.set(
    'ratelimit',
    purses.map(({ name, remaining, resetIn }) => `"${name}";r=${remaining};t=${Math.ceil(resetIn / 1_000)}`).join(', '),
  );
  headers.set('x-ratelimit-limit', String(rates[scarcest.name].points));
  headers.set('x-ratelimit-remaining', String(scarcest.remaining));
  headers.set('x-ratelimit-reset', String(Math.ceil((Date.now() + scarcest.resetIn) / 1_000)));
}

const shareOf = ({ name, remaining }: Purse) => remaining / rates[name].points;
