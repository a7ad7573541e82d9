import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiOverride, type ZodOpenApiPathItemObject } from 'zod-openapi';
import { procedures } from '../procedures.ts';
import type { Described } from '../route.ts';
import { nameSchemas } from './names.ts';
import { operationOf } from './operation.ts';

type Operations = Map<string, ZodOpenApiOperationObject>;

/** The OpenAPI 3.1 document of everything at /api/v1, from the router itself, and of the routes made by hand. */
export function createOpenapi(described: readonly Described[]): ReturnType<typeof createDocument> {
  nameSchemas();
  const paths = new Map<string, Operations>();
  const at = (path: string): Operations => {
    const methods = paths.get(path) ?? new Map();
    paths.set(path, methods);
    return methods;
  };
  const faces = procedures.flatMap((procedure) => procedure.faces.map((face) => ({ procedure, face })));
  for (const { procedure, face } of faces) {
    const choices = faces.flatMap(({ face: { method, path, choice } }) =>
      choice && method === face.method && path === face.path ? [choice] : [],
    );
    const methods = at(face.path);
    const before = methods.get(face.method);
    const operation = operationOf(procedure, face, choices);
    methods.set(face.method, before ? { ...before, summary: `${before.summary}; or: ${operation.summary}` } : operation);
  }
  for (const route of described) at(route.path).set(route.method, { ...(route.public ? { security: [] } : {}), ...route.operation });
  const tags = new Set([...paths.values()].flatMap((methods) => [...methods.values()]).flatMap((operation) => operation.tags ?? []));
  return createDocument(
    {
      openapi: '3.1.1',
      info: { title: 'KoreroMai', version: '1', description: about, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: '/api/v1', description: 'This server' }],
      security: [{ bearer: [] }, { cookie: [] }],
      tags: [...tags].toSorted().map((name) => ({ name, description: tagged[name] ?? `Everything about ${name}` })),
      paths: Object.fromEntries([...paths].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([path, methods]) => [path, itemOf(methods)])),
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'The `token` of signing in' },
          cookie: { type: 'apiKey', in: 'cookie', name: 'koreromai', description: 'The session of a browser' },
        },
      },
    },
    { override: openAnswers },
  );
}

const itemOf = (methods: Operations): ZodOpenApiPathItemObject =>
  Object.fromEntries([...methods].map(([method, operation]) => [method.toLowerCase(), operation]));

/** Answers may gain fields later; only what we take in is strict. */
const openAnswers: ZodOpenApiOverride = ({ zodSchema, jsonSchema }) => {
  const { def } = zodSchema._zod;
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties;
};

const tagged: Readonly<Record<string, string>> = {
  admin: 'For those who run this instance',
  auth: 'Signing up, in and out',
  conversations: 'Direct chats and groups; a room is one too',
  events: 'Everything that happens, as it happens',
  hooks: 'Incoming webhooks: addresses at which other systems write into a chat',
  invitations: 'Links that take a seat',
  members: 'Who is in a conversation',
  messages: 'What people say',
  reads: 'How far I have read',
  session: 'Where a client begins',
  users: 'People',
};

const about = `The same procedures as over tRPC, as plain HTTP. Lists are \`{items, nextCursor}\`: pass \`nextCursor\` as \`cursor\` for the next page, 1–100 items at a time.
Refusals are problem documents (RFC 9457) with a \`code\` of a closed list. Calls that are limited tell in \`RateLimit\` and \`X-RateLimit-*\` what is left.
A message's id is made by its sender: posting the same again answers with the first message and \`Idempotency-Replayed: true\`.`;
