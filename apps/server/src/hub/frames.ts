import type { RequestId } from '@koreromai/realtime';

/** Something that a client asks for, as tRPC's own clients write it. */
export interface Call {
  /** Null is refused when its turn comes: nobody could be answered. */
  readonly id: RequestId | null;
  readonly jsonrpc: '2.0' | undefined;
  readonly method: 'query' | 'mutation' | 'subscription';
  readonly path: string;
  readonly input: unknown;
}

/** A subscription shall end. */
export interface Stop {
  readonly id: RequestId | null;
  readonly method: 'subscription.stop';
}

export type Ask = Call | Stop;

const longestId = 64;

/** One ask or several of a text frame, as they came. Throws where it is no JSON. */
export function rawAsks(text: string): readonly unknown[] {
  const frame: unknown = JSON.parse(text);
  return Array.isArray(frame) ? frame : [frame];
}

/** What is asked. Throws where anything about it is not as it must be. */
export function askOf(raw: unknown): Ask {
  if (!isObject(raw)) throw new Error('A call is an object.');
  const { id, jsonrpc, method, params } = raw;
  if (!isShortId(id)) throw new Error('An id is a safe integer or a short string.');
  if (jsonrpc !== undefined && jsonrpc !== '2.0') throw new Error('There is no other version than 2.0.');
  if (method === 'subscription.stop') return { id, method };
  if (method !== 'query' && method !== 'mutation' && method !== 'subscription') throw new Error('There is no such method.');
  if (!isObject(params)) throw new Error('A call has params.');
  const { path, input, lastEventId } = params;
  if (typeof path !== 'string') throw new Error('A path is a text.');
  if (lastEventId === undefined) return { id, jsonrpc, method, path, input };
  if (typeof lastEventId !== 'string') throw new Error('An id of an event is a text.');
  return { id, jsonrpc, method, path, input: isObject(input) ? { ...input, lastEventId } : (input ?? { lastEventId }) };
}

/** Whom a socket's first frame says it is, where its address promised one. Throws where it is malformed. */
export function paramsOf(text: string): Readonly<Partial<Record<string, string>>> | null {
  const { data } = JSON.parse(text) as { data?: unknown };
  if (data === null) return null;
  if (!isObject(data) || Object.values(data).some((value) => typeof value !== 'string')) throw new Error('Params are texts.');
  return data as Record<string, string>;
}

/** Whether a call may be named so: anything else would make every frame long, or ambiguous. */
export function isShortId(id: unknown): id is RequestId | null {
  return typeof id === 'string' ? id.length <= longestId : id === null || Number.isSafeInteger(id);
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
