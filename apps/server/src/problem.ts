import { type ErrorCode, type RefusalInfo, sentenceOf, statusOf } from '@koreromai/contract';

/** RFC 9457: what every refusal outside tRPC looks like. */
export function problem(code: ErrorCode, traceId: string, info: RefusalInfo = {}): Response {
  const { retryAfter, ...rest } = info;
  const body = { type: 'about:blank', title: code, status: statusOf(code), detail: sentenceOf(code), code, traceId, ...rest };
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter));
  return Response.json(body, { status: statusOf(code), headers });
}
