import { getTRPCErrorFromUnknown } from '@trpc/server';

/** A call as tRPC's adapters make it, and as each middleware is given it. */
interface Call {
  readonly ctx: object;
  readonly input?: unknown;
  readonly getRawInput: () => Promise<unknown>;
}

type Result = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: unknown };
type Next = Partial<Pick<Call, 'ctx' | 'input' | 'getRawInput'>>;
type Middleware = (call: Call & { readonly meta: unknown; readonly next: (change?: Next) => Promise<Result> }) => Promise<Result>;

interface Walked {
  readonly middlewares: readonly Middleware[];
  readonly meta: unknown;
}

/**
 * Walks a procedure's middlewares as tRPC itself does, for every procedure. The library copies the call four times at each of them with a
 * helper for old engines, and a post has seven: it was among the first things in the profile of a busy server.
 */
export async function walk({ args, _def }: { args: readonly unknown[]; _def: unknown }): Promise<unknown> {
  const result = await step(0, _def as Walked, args[0] as Call); // the definition holds them, though its type is silent
  if (!result.ok) throw result.error;
  return result.data;
}

async function step(index: number, def: Walked, call: Call): Promise<Result> {
  try {
    const next = (change?: Next) => {
      if (change === undefined) return step(index + 1, def, call);
      const { ctx, getRawInput = call.getRawInput } = change;
      const input = 'input' in change ? change.input : call.input;
      return step(index + 1, def, { ...call, ctx: ctx ? { ...call.ctx, ...ctx } : call.ctx, input, getRawInput });
    };
    const middleware = def.middlewares[index] as Middleware; // the last one resolves and asks for no next
    return await middleware({ ...call, meta: def.meta, input: call.input, next });
  } catch (cause) {
    return { ok: false, error: getTRPCErrorFromUnknown(cause) };
  }
}
