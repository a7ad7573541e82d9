import type { Face } from '@koreromai/api';
import { takesBody } from '../rest/input.ts';
import { procedures } from '../rest/procedures.ts';
import type { Reply } from './http.ts';

/** The faces of every procedure that has any. */
export const facesOf: ReadonlyMap<string, readonly Face[]> = new Map(
  procedures.filter((p) => p.faces.length > 0).map(({ name, faces }) => [name, faces]),
);

interface RestOptions {
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
}

/** The input of a procedure as a request: what the path carries in the path, the rest in the query or the body. */
export function requestOf(face: Face, input: unknown): { readonly path: string; readonly body: string | undefined } {
  const { params = {}, fixed = {}, choice } = face;
  const given: Record<string, unknown> = { ...(input as object | undefined) };
  for (const name of Object.keys(fixed)) delete given[name];
  const path = face.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const field = params[name] ?? name;
    const value = given[field];
    delete given[field];
    return encodeURIComponent(textOf(value));
  });
  const query = new URLSearchParams(choice && !choice.byDefault ? { [choice.name]: choice.value } : {});
  if (takesBody(face)) return { path: withQuery(path, query), body: Object.keys(given).length > 0 ? JSON.stringify(given) : undefined };
  for (const [name, value] of Object.entries(given)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== null) query.append(name, textOf(one));
  }
  return { path: withQuery(path, query), body: undefined };
}

const withQuery = (path: string, query: URLSearchParams) => (query.size > 0 ? `${path}?${query}` : path);
const textOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** One call of a procedure by its face in REST. */
export async function callRest(url: string, face: Face, input: unknown, options: RestOptions = {}): Promise<Reply> {
  const { path, body } = requestOf(face, input);
  return send(url, face.method, path, body, options);
}

/** Any request to /api/v1; a body given as text is sent as JSON as it is. */
export async function send(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  { token, headers = {} }: RestOptions = {},
): Promise<Reply> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = text !== '' && /json/.test(response.headers.get('content-type') ?? '');
  const data: unknown = json ? JSON.parse(text) : null;
  const error = response.headers.get('content-type') === 'application/problem+json' ? (data as Reply['error']) : null;
  return { status: response.status, code: error?.code ?? null, data, error, headers: response.headers, text };
}
