import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server';

/** A call as tRPC's adapters make it, and as each middleware is given it. */
interface Call {
  readonly ctx: Readonly<Record<string, unknown>>;
  readonly getRawInput: () => Promise<unknown>;
}

type Result = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: unknown };
type Next = { readonly ctx?: Call['ctx']; readonly input?: unknown };
type Given = Call & { readonly input: unknown; readonly meta: unknown; readonly next: (change?: Next) => Promise<Result> };
type Middleware = ((given: Given) => Promise<Result>) & { readonly _type?: string };
type Schema = { readonly parse: (value: unknown) => unknown };

/** What the library keeps of a procedure, though the type of its definition is silent about it. */
interface Definition {
  readonly middlewares: readonly Middleware[];
  readonly inputs: readonly Schema[];
  readonly output?: Schema;
  readonly meta: unknown;
}

/** One thing after the other: what comes in is held against a schema, what goes out will be, or a middleware decides what becomes of the call. */
type Step = { readonly takes: Schema } | { readonly gives: Schema } | { readonly does: Middleware };

interface Way {
  readonly steps: readonly Step[];
  readonly meta: unknown;
}

const ways = new WeakMap<object, Way>(); // one for each procedure there is

/**
 * Walks a procedure's middlewares as tRPC itself does, for every procedure. The library copies the call four times at each of them with a
 * helper for old engines, and makes a call of its own of each schema; a post has seven, and they were among the first things in the
 * profile of a busy server. Schemas are asked without waiting: the contract has none that would have to wait.
 */
export async function walk({ args, _def }: { args: readonly unknown[]; _def: unknown }): Promise<unknown> {
  const result = await go(0, wayOf(_def as Definition), args[0] as Call, undefined);
  if (!result.ok) throw result.error;
  return result.data;
}

function wayOf(definition: Definition): Way {
  let way = ways.get(definition);
  if (!way) ways.set(definition, (way = { steps: stepsOf(definition), meta: definition.meta }));
  return way;
}

function stepsOf({ middlewares, inputs, output }: Definition): Step[] {
  let taken = 0;
  return middlewares.map((middleware): Step => {
    const schema = middleware._type === 'input' ? inputs[taken++] : middleware._type === 'output' ? output : undefined;
    if (schema === undefined) return { does: middleware };
    return middleware._type === 'input' ? { takes: schema } : { gives: schema };
  });
}

async function go(from: number, way: Way, call: Call, before: unknown): Promise<Result> {
  try {
    let input = before;
    let given: Schema | undefined;
    for (let at = from; ; at++) {
      const step = way.steps[at] as Step; // the last one resolves and asks for no next
      if ('takes' in step) input = joined(input, accepted(step.takes, await call.getRawInput()));
      else if ('gives' in step) given = step.gives;
      else {
        const here = input;
        const next = (change?: Next) => {
          if (change === undefined) return go(at + 1, way, call, here);
          const ctx = change.ctx ? changed(call.ctx, change.ctx) : call.ctx;
          return go(at + 1, way, ctx === call.ctx ? call : { ...call, ctx }, 'input' in change ? change.input : here);
        };
        const result = await step.does({ ...call, input, meta: way.meta, next });
        return given && result.ok ? { ok: true, data: answered(given, result.data) } : result;
      }
    }
  } catch (cause) {
    return { ok: false, error: getTRPCErrorFromUnknown(cause) };
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
const joined = (before: unknown, parsed: unknown) => (isObject(before) && isObject(parsed) ? { ...before, ...parsed } : parsed);

function accepted(schema: Schema, raw: unknown): unknown {
  try {
    return schema.parse(raw);
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', cause });
  }
}

function answered(schema: Schema, data: unknown): unknown {
  try {
    return schema.parse(data);
  } catch (cause) {
    throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'Output validation failed', cause });
  }
}

/** The same context where nothing in it is new: who is signed in is only known better. */
function changed(ctx: Call['ctx'], more: Call['ctx']): Call['ctx'] {
  for (const name in more) if (more[name] !== ctx[name]) return { ...ctx, ...more };
  return ctx;
}
