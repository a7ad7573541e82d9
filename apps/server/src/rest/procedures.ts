import { appRouter, type Face } from '@koreromai/api';
import type { z } from 'zod';

/** A procedure as its doors see it. */
export interface Procedure {
  /** E.g. `messages.post`. */
  readonly name: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  /** Needs no session. */
  readonly public: boolean;
  readonly faces: readonly Face[];
  /** Each parser in turn; the last is the whole input. */
  readonly inputs: readonly z.ZodType[];
  readonly output: z.ZodType;
}

interface Definition extends Pick<Procedure, 'type' | 'inputs'> {
  readonly meta?: { readonly public?: boolean; readonly rest?: Face | readonly Face[] };
  readonly output: z.ZodType;
}

/** Every procedure of the router. Its type says records of records; at run time each value is a procedure under its whole name. */
export const procedures: readonly Procedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: Definition }>,
).map(([name, { _def }]) => ({
  name,
  type: _def.type,
  public: _def.meta?.public ?? false,
  faces: [_def.meta?.rest ?? []].flat(),
  inputs: _def.inputs,
  output: _def.output,
}));
