import type { Face } from '@koreromai/api';
import { Refusal } from '@koreromai/contract';
import type { z } from 'zod';
import type { Call } from './route.ts';
import { kindOf } from './shape.ts';

type Fields = Readonly<Record<string, z.core.$ZodType>>;

/**
 * The procedure's input: path, query or body, headers. Nothing is judged here but what cannot be JSON: whatever does not fit
 * goes on as it is, so that the procedure refuses it at the place in its order where tRPC would.
 */
export async function inputOf(call: Call, face: Face, fields: Fields): Promise<Record<string, unknown>> {
  const { params = {}, fixed = {}, choice, bare } = face;
  const path = Object.fromEntries(Object.entries(call.params).map(([name, value]) => [params[name] ?? name, value]));
  const own = { ...fixed, ...path };
  const known = new Set([choice?.name, bare ? 'envelope' : undefined]);
  if (bare && call.url.searchParams.getAll('envelope').some((value, i) => i > 0 || !['true', 'false'].includes(value)))
    throw new Refusal('BAD_INPUT', { fields: { envelope: 'must be true or false' } });
  const query = new URLSearchParams([...call.url.searchParams].filter(([name]) => !known.has(name)));
  const fromBody = takesBody(face);
  const body = await bodyOf(call, fromBody);
  const given = fromBody ? { ...body, ...foreign('query', [...query]) } : typed(query, fields);
  const clash = Object.entries(given).filter(([name]) => Object.hasOwn(own, name));
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !Object.hasOwn(own, name)));
  return { ...rest, ...foreign(fromBody ? 'body' : 'query', clash), ...own, ...fromHeaders(call, face, rest) };
}

export const takesBody = ({ method, from }: Face): boolean =>
  (from ?? (method === 'GET' || method === 'DELETE' ? 'query' : 'body')) === 'body';

/** Names that no input knows, so that its schema refuses them by name. */
const foreign = (where: string, entries: readonly (readonly [string, unknown])[]) =>
  Object.fromEntries(entries.map(([name, value]) => [`${where}.${name}`, value]));

/** A number is decimal digits and nothing else; what is no number stays text, which the schema then refuses. */
function typed(query: URLSearchParams, fields: Fields): Record<string, unknown> {
  const one = (name: string): unknown => {
    const all = query.getAll(name);
    const field = fields[name];
    const kind = field === undefined || !Object.hasOwn(fields, name) ? 'string' : kindOf(field);
    if (kind === 'list') return all;
    const [text = ''] = all;
    if (all.length > 1) return all;
    if (kind === 'number' && /^\d+$/.test(text)) return Number(text);
    return kind === 'boolean' && (text === 'true' || text === 'false') ? text === 'true' : text;
  };
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, one(name)]));
}

async function bodyOf(call: Call, wanted: boolean): Promise<Record<string, unknown>> {
  const { c, entrance } = call;
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return {};
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  const text = await c.req.text();
  const json = type === 'application/json';
  // A form of another page can send a body of its own kind, or none: who comes by cookie shows JSON or that the page is ours.
  const byCookie = c.req.header('authorization') === undefined && call.caller !== null;
  if (!json && (text !== '' || type !== undefined || (byCookie && entrance.origin(c.req.header('origin')) !== 'own')))
    throw new Refusal('UNSUPPORTED_MEDIA');
  if (text === '') return {};
  if (!wanted) throw new Refusal('BAD_INPUT', { fields: { body: 'is not known here' } });
  const body = parsed(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Refusal('BAD_INPUT', { fields: { body: 'must be an object' } });
  return body as Record<string, unknown>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('BAD_INPUT', { fields: { body: 'must be JSON' } });
  }
}

/** `Idempotency-Key` is the id that the sender makes; `If-Match` the version they saw. */
function fromHeaders({ c }: Call, { idempotencyKey, ifMatch }: Face, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const key = c.req.header('idempotency-key')?.replace(/^"(.*)"$/, '$1');
  if (idempotencyKey !== undefined && key !== undefined) {
    const told = given[idempotencyKey];
    if (told !== undefined && (typeof told !== 'string' || told.toLowerCase() !== key.toLowerCase()))
      throw new Refusal('BAD_INPUT', { fields: { 'idempotency-key': `differs from ${idempotencyKey} in the body` } });
    found[idempotencyKey] = key;
  }
  const tag = c.req.header('if-match')?.trim();
  if (ifMatch !== undefined && tag !== undefined && tag !== '*') found[ifMatch] = versionIn(tag);
  return found;
}

/** Ours are strong tags of a version. One that cannot be ours matches nothing; a list is not understood. */
function versionIn(tag: string): number {
  if (/^"[1-9]\d{0,8}"$/.test(tag)) return Number(tag.slice(1, -1));
  if (/^(W\/)?"[^"]*"$/.test(tag)) return 999_999_999;
  throw new Refusal('BAD_INPUT', { fields: { 'if-match': 'must be one ETag' } });
}
