import type { Caller, Purse } from '@koreromai/api';
import { type RateName, Refusal } from '@koreromai/contract';
import { tellLimits } from './rate-headers.ts';
import type { Call } from './route.ts';

/** The caller, whose session holds still. */
export function living({ caller }: Call): Caller {
  if (caller === null) throw new Refusal('UNAUTHENTICATED');
  if (caller.revoked()) throw new Refusal('SESSION_EXPIRED');
  return caller;
}

/** The caller, after one try of `rate` was counted. */
export async function spending(call: Call, rate: RateName): Promise<Caller> {
  const caller = living(call);
  const purses: Purse[] = [];
  try {
    await call.entrance.services.limiter.take(rate, caller.id, (purse) => void purses.push(purse));
  } finally {
    tellLimits(call.headers, purses);
  }
  return caller;
}
