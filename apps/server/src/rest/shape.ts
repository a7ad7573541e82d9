import { z } from 'zod';

/** What a text of a query stands for: the field's schema says it. */
export type Kind = 'string' | 'number' | 'boolean' | 'list';

const inner = (schema: z.core.$ZodType): z.core.$ZodType | null => {
  const { def } = schema._zod as { def: { type: string; innerType?: z.core.$ZodType; in?: z.core.$ZodType } };
  return def.innerType ?? (def.type === 'pipe' ? (def.in ?? null) : null);
};

/** The schema without what wraps it: optional, default, transformed. */
export function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const next = inner(schema);
  return next === null ? schema : bare(next);
}

/** The fields of an input that is one object; none where it is a choice of several. */
export function fieldsOf(inputs: readonly z.core.$ZodType[]): Readonly<Record<string, z.core.$ZodType>> {
  return Object.assign({}, ...inputs.map(bare).map((schema) => (schema instanceof z.ZodObject ? schema.shape : {})));
}

export function kindOf(schema: z.core.$ZodType): Kind {
  const { type } = bare(schema)._zod.def;
  if (type === 'number' || type === 'int') return 'number';
  return type === 'boolean' ? 'boolean' : type === 'array' ? 'list' : 'string';
}
