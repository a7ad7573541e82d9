import { type ErrorCode, Refusal } from '@koreromai/contract';
import { TRPCError } from '@trpc/server';

/** The code with which a call was refused, `done` when it was not. Anything that is no refusal is thrown on. */
export async function verdict(call: Promise<unknown>): Promise<ErrorCode | 'done'> {
  try {
    await call;
    return 'done';
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error;
    if (cause instanceof Refusal) return cause.code;
    if (error instanceof TRPCError && error.code === 'BAD_REQUEST') return 'BAD_INPUT';
    throw error;
  }
}

/** The refusal of a call, with what it says of each field; null when it was not refused. Anything that is no refusal is thrown on. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal | null> {
  try {
    await call;
    return null;
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error;
    if (cause instanceof Refusal) return cause;
    throw error;
  }
}

/** How often each verdict came. */
export function tally<V extends string>(verdicts: readonly V[]): Partial<Record<V, number>> {
  const counts: Partial<Record<V, number>> = {};
  for (const v of verdicts) counts[v] = (counts[v] ?? 0) + 1;
  return counts;
}
