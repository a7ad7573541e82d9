import type { Face } from '@koreromai/api';
import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { takesBody } from '../input.ts';
import type { Procedure } from '../procedures.ts';
import { bare, fieldsOf } from '../shape.ts';
import { problemResponses } from './problems.ts';

type Choice = NonNullable<Face['choice']>;
type Fields = Record<string, z.core.$ZodType>;

/** One face of a procedure in the words of OpenAPI. */
export function operationOf(procedure: Procedure, face: Face, choices: readonly Choice[] = []): ZodOpenApiOperationObject {
  const path = pathFields(procedure, face);
  const taken = new Set([...path.map(({ field }) => field), ...Object.keys(face.fixed ?? {})]);
  const input = without(procedure.inputs.at(-1), taken);
  const body = takesBody(face) && (isChoice(input) || Object.keys(fieldsOf(input ? [input] : [])).length > 0) ? input : undefined;
  const query = { ...(takesBody(face) ? {} : texts(fieldsOf(input ? [input] : []))), ...choiceField(choices), ...envelopeField(face) };
  return {
    operationId: operationIdOf(procedure, face),
    summary: face.summary,
    tags: [procedure.name.split('.')[0] ?? ''],
    ...(procedure.public ? { security: [] } : {}),
    requestParams: {
      ...(path.length > 0 ? { path: z.object(Object.fromEntries(path.map(({ name, schema }) => [name, schema]))) } : {}),
      ...(Object.keys(query).length > 0 ? { query: z.object(query) } : {}),
      ...headersOf(face),
    },
    ...(body ? { requestBody: { required: !acceptsNothing(body), content: { 'application/json': { schema: body } } } } : {}),
    responses: { ...answersOf(procedure, face), ...problemResponses(refusals(procedure, face, body !== undefined)) },
  };
}

const operationIdOf = ({ name, faces }: Procedure, face: Face): string => {
  const first = face.path.split('/')[1] ?? '';
  const words = [...name.split('.'), ...(faces[0] === face ? [] : first.split('-'))];
  return words.map((word, i) => (i === 0 ? word : (word[0] ?? '').toUpperCase() + word.slice(1))).join('');
};

const pathFields = ({ inputs }: Procedure, { path, params = {} }: Face) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const field = params[name] ?? name;
    return { name, field, schema: fieldsOf(inputs)[field] ?? z.string() };
  });

/** The input without the fields that come from elsewhere. */
function without(schema: z.core.$ZodType | undefined, taken: ReadonlySet<string>): z.ZodType | undefined {
  if (schema === undefined) return undefined;
  const inner = bare(schema);
  if (inner instanceof z.ZodUnion)
    return taken.size === 0 ? (inner as z.ZodType) : z.union(inner.options.map((option) => without(option, taken) ?? z.never()));
  if (!(inner instanceof z.ZodObject)) return inner as z.ZodType;
  if (!Object.keys(inner.shape).some((name) => taken.has(name))) return inner;
  return z.strictObject(Object.fromEntries(Object.entries(inner.shape as Fields).filter(([name]) => !taken.has(name))));
}

const isChoice = (schema: z.ZodType | undefined) => schema instanceof z.ZodUnion;
const acceptsNothing = (schema: z.ZodType) => schema.safeParse({}).success;

/** A query has no null: what is not there is left out. */
const texts = (fields: Readonly<Fields>): Fields => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, text(field)]));

function text(field: z.core.$ZodType): z.core.$ZodType {
  if (field instanceof z.ZodNullable) return text(field.unwrap());
  return field instanceof z.ZodOptional ? z.optional(text(field.unwrap())) : field;
}

/** Several procedures at one place: the parameter that tells them apart. */
function choiceField(choices: readonly Choice[]): Fields {
  const [first] = choices;
  if (!first) return {};
  const value = z.enum(choices.map((choice) => choice.value));
  const byDefault = choices.find((choice) => choice.byDefault);
  return { [first.name]: byDefault ? value.default(byDefault.value) : value };
}

const envelopeField = ({ bare }: Face): Fields =>
  bare ? { envelope: z.enum(['true', 'false']).optional().meta({ description: '`false` answers the bare list' }) } : {};

function headersOf({ idempotencyKey, ifMatch }: Face): { header?: z.ZodObject } {
  const headers = {
    ...(idempotencyKey
      ? {
          'Idempotency-Key': z
            .uuid()
            .optional()
            .meta({ description: `The same as \`${idempotencyKey}\` in the body` }),
        }
      : {}),
    ...(ifMatch
      ? {
          'If-Match': z
            .string()
            .optional()
            .meta({ description: 'The `ETag` that you saw', examples: ['"1"'] }),
        }
      : {}),
  };
  return Object.keys(headers).length > 0 ? { header: z.object(headers) } : {};
}

function answersOf({ output }: Procedure, face: Face) {
  const status = face.status ?? (output instanceof z.ZodVoid ? 204 : 200);
  const answers = Object.entries(face.answers ?? { [status]: status === 204 ? null : output });
  return Object.fromEntries(
    answers.map(([at, schema]) => {
      const headers = {
        ...(face.location && at === '201' ? { Location: z.url().meta({ description: 'Where the new thing is' }) } : {}),
        ...(face.etag ? { ETag: z.string().meta({ description: 'The version', examples: ['"1"'] }) } : {}),
        ...(face.idempotencyKey && at === '200' ? { 'Idempotency-Replayed': z.literal('true') } : {}),
        ...(schema instanceof z.ZodObject && 'nextCursor' in schema.shape
          ? { Link: z.string().optional().meta({ description: 'The next page, as `rel="next"`' }) }
          : {}),
      };
      const bareList = face.bare && schema instanceof z.ZodObject ? z.union([schema, schema.shape.items as z.ZodType]) : schema;
      return [
        at,
        {
          description: descriptions[at] ?? 'Done',
          ...(Object.keys(headers).length > 0 ? { headers: z.object(headers) } : {}),
          ...(bareList ? { content: { 'application/json': { schema: bareList } } } : {}),
        },
      ];
    }),
  );
}

const descriptions: Readonly<Record<string, string>> = {
  200: 'As it is now',
  201: 'Made',
  202: 'Taken; it waits for somebody or something else',
  204: 'Done',
};

const refusals = (procedure: Procedure, face: Face, body: boolean): number[] => [
  400,
  ...(procedure.public ? [] : [401]),
  ...(face.path.includes('{') ? [404] : []),
  ...(face.ifMatch ? [412] : []),
  ...(body ? [413, 415] : []),
  429,
];
