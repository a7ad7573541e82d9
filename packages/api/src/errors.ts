import { type ErrorCode, Refusal, type RefusalInfo, sentenceOf, statusOf } from '@koreromai/contract';
import type { TRPC_ERROR_CODE_KEY, TRPCDefaultErrorShape, TRPCError } from '@trpc/server';
import { z } from 'zod';

/** What tRPC itself may refuse, in our words. Everything else of its own making is an INTERNAL. */
const known: Partial<Record<TRPC_ERROR_CODE_KEY, ErrorCode>> = {
  PARSE_ERROR: 'BAD_INPUT',
  BAD_REQUEST: 'BAD_INPUT',
  UNAUTHORIZED: 'UNAUTHENTICATED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  METHOD_NOT_SUPPORTED: 'METHOD_NOT_SUPPORTED',
  PAYLOAD_TOO_LARGE: 'TOO_LARGE',
  UNSUPPORTED_MEDIA_TYPE: 'UNSUPPORTED_MEDIA',
  TOO_MANY_REQUESTS: 'RATE_LIMITED',
};

export interface WireError extends RefusalInfo {
  code: ErrorCode;
  httpStatus: number;
  /** The request's id, to find it in the log. */
  traceId: string | null;
}

/** The one place where an error becomes words on the wire: never a stack, never a message of the database. */
export function wireErrorOf(error: TRPCError, traceId: string | null): WireError & { message: string } {
  const { cause } = error;
  if (cause instanceof Refusal)
    return { code: cause.code, httpStatus: statusOf(cause.code), traceId, ...cause.info, message: cause.message };
  const input = error.code === 'BAD_REQUEST' && cause instanceof z.ZodError ? cause : null; // an answer of ours that breaks its schema is no fault of the caller's
  const code = known[error.code] ?? 'INTERNAL';
  const fields = input ? { fields: fieldsOf(input) } : {};
  return { code, httpStatus: statusOf(code), traceId, ...fields, message: sentenceOf(code) };
}

export function errorShape(shape: TRPCDefaultErrorShape, error: TRPCError, traceId: string | null) {
  const { message, ...data } = wireErrorOf(error, traceId);
  return { code: shape.code, message, data };
}

/** Field path → what is wrong with it. A path names our own field or the caller's; the value is never repeated. */
function fieldsOf(error: z.ZodError): Record<string, string> {
  const fields: [string, string][] = error.issues.slice(0, 20).map((issue) => {
    if (issue.code === 'unrecognized_keys') return [issue.keys.slice(0, 5).join(', ').slice(0, 100), 'is not known here'];
    return [issue.path.map(String).join('.').slice(0, 100) || 'input', issue.message];
  });
  return Object.fromEntries(fields);
}
