import { type ErrorCode, isErrorCode } from '@koreromai/contract';
import { TRPCClientError } from '@trpc/client';

/** The refusal that the server answered with, null when no answer came. */
export function refusalIn(error: unknown): ErrorCode | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data: unknown = error.data;
  const code = typeof data === 'object' && data !== null && 'code' in data ? data.code : null;
  return isErrorCode(code) ? code : null;
}

const passing = new Set<ErrorCode>(['BUSY', 'DRAINING', 'INTERNAL', 'RATE_LIMITED', 'STORAGE_FULL']);

/** Whether asking again may help: no answer, or one that says so. */
export const isPassing = (code: ErrorCode | null): boolean => code === null || passing.has(code);

/** Asks until an answer comes that asking again would not change. */
export async function insist<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(refusalIn(error)) || tries > 500) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
