import { procedureTypes } from './procedures.ts';

export interface Reply {
  readonly status: number;
  /** Of the registry; null when it went well. */
  readonly code: string | null;
  readonly data: unknown;
  readonly error: { code?: string; fields?: Record<string, string>; retryAfter?: number } | null;
  readonly headers: Headers;
  /** As it came. */
  readonly text: string;
}

interface CallOptions {
  readonly token?: string;
  readonly headers?: Record<string, string>;
}

/** One tRPC call over HTTP: a query by GET, a mutation by POST. */
export async function call(url: string, path: string, input?: unknown, { token, headers = {} }: CallOptions = {}): Promise<Reply> {
  const auth: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const mutation = procedureTypes.get(path) === 'mutation';
  const query = input === undefined || mutation ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const response = await fetch(`${url}/trpc/${path}${query}`, {
    method: mutation ? 'POST' : 'GET',
    headers: { ...auth, ...(mutation ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(mutation ? { body: JSON.stringify(input) ?? '' } : {}),
  });
  return replyOf(response.status, response.headers, await response.text());
}

export interface BatchCall {
  readonly path: string;
  readonly input?: unknown;
}

/** Several calls of one type in one request. */
export async function batch(
  url: string,
  calls: readonly BatchCall[],
  { token, headers = {} }: CallOptions = {},
): Promise<{ status: number; replies: Reply[]; text: string }> {
  const mutation = procedureTypes.get(calls[0]?.path ?? '') === 'mutation';
  const inputs = JSON.stringify(Object.fromEntries(calls.map((c, i) => [i, c.input])));
  const response = await fetch(
    `${url}/trpc/${calls.map((c) => c.path).join(',')}?batch=1${mutation ? '' : `&input=${encodeURIComponent(inputs)}`}`,
    {
      method: mutation ? 'POST' : 'GET',
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), 'content-type': 'application/json', ...headers },
      ...(mutation ? { body: inputs } : {}),
    },
  );
  const text = await response.text();
  const parts: unknown = JSON.parse(text);
  const replies = Array.isArray(parts) ? parts.map((part) => replyOf(statusOf(part), response.headers, JSON.stringify(part))) : [];
  return { status: response.status, replies, text };
}

type Wire = { result?: { data?: unknown }; error?: { data?: Reply['error'] & { httpStatus?: number } }; code?: string };

const statusOf = (part: unknown): number => (part as Wire).error?.data?.httpStatus ?? 200;

function replyOf(status: number, headers: Headers, text: string): Reply {
  let wire: Wire = {};
  try {
    wire = JSON.parse(text) as Wire;
  } catch {
    // no JSON: the status says all there is
  }
  const error = wire.error?.data ?? (wire.code ? (wire as Reply['error']) : null);
  return { status, code: error?.code ?? null, data: wire.result?.data, error, headers, text };
}
