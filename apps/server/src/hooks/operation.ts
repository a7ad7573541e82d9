import { hookPayload } from '@koreromai/contract';
import { z } from 'zod';
import { limitHeaders, problemResponses } from '../rest/openapi/problems.ts';
import type { Described } from '../rest/route.ts';

const json = { text: 'Build 7 is green: <https://ci.example.nz/7|look>' };
const form = z.object({ payload: z.string().meta({ description: 'The same JSON, as text', contentMediaType: 'application/json' }) });

/** What the OpenAPI document says of an incoming webhook's address. It is no procedure, and lies beside /api/v1. */
export const incomingHook: Described = {
  method: 'POST',
  path: '/hooks/{token}',
  public: true,
  operation: {
    operationId: 'hooks.post',
    summary: 'Post into a chat, as what goes to Slack',
    description: `Beside \`/api/v1\`, at the address that was shown when the webhook was made. Of the body only the words are taken, as one plain message; all else of Slack's
shape is let pass. What begins with \`{\` or \`[\` is read as JSON, and else as a form, whatever \`Content-Type\` says: \`curl -d\` sends JSON and calls it a form.`,
    tags: ['hooks'],
    servers: [{ url: '/', description: 'This server, not below /api/v1' }],
    requestParams: {
      path: z.object({ token: z.string().meta({ description: 'Of the address; whoever has it can write', examples: ['kmh_…'] }) }),
      header: z.object({
        'Idempotency-Key': z.uuid().optional().meta({ description: 'A repeated request with the same key is the same message' }),
      }),
    },
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: hookPayload, example: json },
        'application/x-www-form-urlencoded': { schema: form, example: { payload: JSON.stringify(json) } },
      },
    },
    responses: {
      200: {
        description: 'Posted',
        headers: limitHeaders.extend({ 'Idempotency-Replayed': z.literal('true').optional() }),
        content: { 'text/plain': { schema: z.literal('ok') } },
      },
      ...problemResponses([400, 403, 404, 409, 410, 413, 429]),
    },
  },
};
