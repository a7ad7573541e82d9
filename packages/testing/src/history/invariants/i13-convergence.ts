import { isDeepStrictEqual } from 'node:util';
import type { Invariant } from '../finding.ts';

export const convergence: Invariant = {
  id: 'I13',
  promise: 'a client that lived through it all holds what a client that has just begun holds',
  *check({ clients = [] }) {
    for (const { client, state, fresh } of clients) {
      for (const path of differences(state, fresh, 'state').take(mostEach)) yield `${client} differs from a fresh client at ${path}`;
    }
  },
};

/** One difference seldom comes alone. */
const mostEach = 5;

function* differences(state: unknown, fresh: unknown, path: string): Generator<string, undefined> {
  if (isDeepStrictEqual(state, fresh)) return undefined;
  if (!isRecord(state) || !isRecord(fresh)) {
    yield `${path}: ${brief(state)} against ${brief(fresh)}`;
    return undefined;
  }
  for (const key of new Set([...Object.keys(state), ...Object.keys(fresh)])) yield* differences(state[key], fresh[key], `${path}.${key}`);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);
const brief = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 120);
