import { appRouter } from '@koreromai/api';

export type ProcedureType = 'query' | 'mutation' | 'subscription';

const procedures: Record<string, { _def: { type: ProcedureType } }> = appRouter._def.procedures as never;

/** Every procedure of the router, with its type. */
export const procedureTypes: ReadonlyMap<string, ProcedureType> = new Map(
  Object.entries(procedures).map(([path, p]) => [path, p._def.type]),
);

export const mutations: readonly string[] = [...procedureTypes].filter(([, type]) => type === 'mutation').map(([path]) => path);
