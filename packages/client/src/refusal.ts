import { type ErrorCode, isErrorCode, Refusal, sentenceOf } from '@koreromai/contract';
import { isTRPCClientError } from '@trpc/client';

/** A no, ready to be shown: `message` is a whole sentence in words for people. */
export interface Refused {
  /** A code of the contract, or `NETWORK`: no answer came, so nobody knows whether it happened. */
  readonly code: ErrorCode | 'NETWORK';
  readonly message: string;
  /** Field name → what is wrong with it, in words. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Facts a program can act on, e.g. `{ suggest: 'direct' }`. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Seconds to wait before the next try. */
  readonly retryAfter?: number;
  /** The same request may succeed later without anybody changing anything. */
  readonly retryable: boolean;
}

const unreachable = 'The server cannot be reached. Check your connection and try again.';

/** Turns whatever a call threw into a `Refused`. Anything that is not an answer of the server counts as the network's fault. */
export function refusalOf(error: unknown): Refused {
  if (error instanceof Refusal) return refused(error.code, error.message, { ...error.info });
  const data: unknown = isTRPCClientError(error) ? error.data : null;
  if (!isRecord(data) || !isTRPCClientError(error)) return { code: 'NETWORK', message: unreachable, retryable: true };
  const code = isErrorCode(data.code) ? data.code : codeOfStatus(data.httpStatus);
  return refused(code, isErrorCode(data.code) ? error.message : sentenceOf(code), data);
}

/** What passes by itself: sockets that died are noticed within a minute, too. */
const laterPerhaps: ReadonlySet<ErrorCode> = new Set(['RATE_LIMITED', 'TOO_MANY_CONNECTIONS', 'INTERNAL', 'BUSY', 'DRAINING']);

function refused(code: ErrorCode, message: string, info: Record<string, unknown>): Refused {
  const { fields, details, retryAfter } = info;
  return {
    code,
    message,
    ...(isWords(fields) && { fields }),
    ...(isRecord(details) && { details }),
    ...(typeof retryAfter === 'number' && { retryAfter }),
    retryable: laterPerhaps.has(code),
  };
}

/** For answers of something that stands between us and the server, or of a server newer than this client. */
function codeOfStatus(status: unknown): ErrorCode {
  if (typeof status !== 'number' || status >= 500) return 'INTERNAL';
  const codes: Record<number, ErrorCode> = {
    401: 'UNAUTHENTICATED',
    403: 'FORBIDDEN',
    404: 'NOT_FOUND',
    413: 'TOO_LARGE',
    429: 'RATE_LIMITED',
  };
  return codes[status] ?? 'BAD_INPUT';
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isWords = (value: unknown): value is Record<string, string> =>
  isRecord(value) && Object.values(value).every((word) => typeof word === 'string');

/** Whether this answer means that the session is over. */
export const endsSession = (refusal: Refused): boolean => refusal.code === 'UNAUTHENTICATED' || refusal.code === 'SESSION_EXPIRED';
