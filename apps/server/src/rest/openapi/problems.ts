import { errorCodes } from '@koreromai/contract';
import { z } from 'zod';
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';

const codes = Object.keys(errorCodes) as [keyof typeof errorCodes, ...(keyof typeof errorCodes)[]];

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().meta({ description: 'What happened, why, and what to do' }),
    code: z.enum(codes),
    traceId: z.string().nullable().meta({ description: 'The request, to find it in the log' }),
    fields: z.record(z.string(), z.string()).optional().meta({ description: 'Field → what is wrong with it' }),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem', description: 'A refusal (RFC 9457)' });

const sentences: Readonly<Record<string, string>> = {
  400: 'Something in the request is not valid; `fields` says what',
  401: 'There is no living session',
  403: 'The caller may not do this',
  404: 'It does not exist, or not for the caller',
  409: 'It does not fit what is there now',
  410: 'It is no more',
  412: 'It has changed since the version that `If-Match` names',
  413: 'Too big or too long',
  415: 'The body is not `application/json`, or the file is nothing that is taken here',
  429: 'Too many tries; `Retry-After` says when to come back',
};

/** What is left of the rate that was counted, where one was. */
export const limitHeaders = z.object({
  RateLimit: z
    .string()
    .optional()
    .meta({ description: 'What is left, and in how many seconds it is full again', examples: ['"hook";r=59;t=60'] }),
  'RateLimit-Policy': z
    .string()
    .optional()
    .meta({ description: 'How many in how many seconds', examples: ['"hook";q=60;w=60'] }),
  'X-RateLimit-Limit': z.int().optional(),
  'X-RateLimit-Remaining': z.int().optional(),
  'X-RateLimit-Reset': z.int().optional().meta({ description: 'The Unix second at which it is full again' }),
});

const retryAfter = z.int().meta({ description: 'Seconds to wait' });
const other = { id: 'Problem', description: 'Any other refusal', content: { 'application/problem+json': { schema: problem } } };
const responses: Readonly<Record<string, ZodOpenApiResponseObject>> = Object.fromEntries(
  Object.entries(sentences).map(([status, description]) => [
    status,
    {
      id: `Problem${status}`,
      description,
      ...(status === '429' ? { headers: limitHeaders.extend({ 'Retry-After': retryAfter }) } : {}),
      content: { 'application/problem+json': { schema: problem } },
    },
  ]),
);

/** The problem documents of one operation. The same object each time: that is how the document knows one response from two. */
export const problemResponses = (statuses: readonly number[]): ZodOpenApiResponsesObject => ({
  ...Object.fromEntries(statuses.map((status) => [status, responses[status] ?? other])),
  default: other,
});
