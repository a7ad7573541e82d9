import type { z } from 'zod';

/** Values that are remembered at a time: more than are told in one turn. */
const most = 256;

/**
 * The same schema, which does not look twice at a value that it found good a moment ago: a message is an event and an answer. For values
 * that nobody changes once they are made. `run` is where every schema asks the ones it contains, so that it holds wherever this one stands.
 */
export function once<S extends z.ZodType>(schema: S): S {
  const known = new Map<unknown, unknown>();
  const { run } = schema._zod;
  schema._zod.run = (payload, context) => {
    const { value } = payload;
    const before = known.get(value);
    if (before !== undefined) {
      payload.value = before;
      return payload;
    }
    const done = run(payload, context);
    if (done instanceof Promise || done.issues.length > 0 || typeof value !== 'object') return done;
    if (known.size >= most) known.clear();
    known.set(value, done.value);
    return done;
  };
  return schema;
}
