import { type Caller, mayByToken, type Needed, type Purse } from '@koreromai/api';
import { type RateName, Refusal } from '@koreromai/contract';
import { tellLimits } from './rate-headers.ts';
import type { Call } from './route.ts';

/** The caller, whose session holds still, and whose token is good for what a bot needs here. */
export function living({ caller }: Call, needed: Needed): Caller {
  if (caller === null) throw new Refusal('UNAUTHENTICATED');
  if (caller.revoked()) throw new Refusal('SESSION_EXPIRED');
  mayByToken(caller.scopes, needed);
  return caller;
}

/** The caller, after one try of `rate` was counted. */
export async function spending(call: Call, rate: RateName, needed: Needed): Promise<Caller> {
  const caller = living(call, needed);
  const purses: Purse[] = [];
  try {
    await call.entrance.services.limiter.take(rate, caller.id, (purse) => void purses.push(purse));
  } finally {
    tellLimits(call.headers, purses);
  }
  return caller;
}
