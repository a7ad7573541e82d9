import { streamEvent } from '@koreromai/contract';
import type { Check } from '@koreromai/realtime';

/** Holds each event against the contract once, for all who are told: what the contract does not name never leaves. One that breaks it is told as a skip. */
export function createCheck(onFault: (error: unknown) => void): Check {
  return (view) => {
    const { data, error } = streamEvent.safeParse(view);
    if (error) onFault(error);
    return data ?? null;
  };
}
