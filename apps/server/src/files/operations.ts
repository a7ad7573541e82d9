import { attachment, limits } from '@koreromai/contract';
import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { problemResponses } from '../rest/openapi/problems.ts';

const binary = z.string().meta({ format: 'binary' });
const file = binary.meta({ description: 'At most 25 MB' });
const description = z.string().max(limits.attachments.descriptionCodePoints).optional().meta({ description: 'What it shows, in words' });
const form = (schema: z.ZodObject) => ({ required: true, content: { 'multipart/form-data': { schema } } });
const requestParams = { path: z.object({ id: z.uuid() }) };
/** `me`, or a person's id. */
const avatarParams = { path: z.object({ id: z.string() }) };
const refusals = [400, 401, 413, 415, 429];
const bytes = (types: readonly string[]) => Object.fromEntries(types.map((type) => [type, { schema: binary }]));
const given = (types: readonly string[]) => ({
  200: { description: 'The whole', content: bytes(types) },
  206: { description: 'The part that `Range` asks for', content: bytes(types) },
  304: { description: 'Unchanged since the `ETag` in `If-None-Match`' },
  416: { description: 'Nothing of that range is there' },
  ...problemResponses([401, 404]),
});

/** What the OpenAPI document says of the routes that take and give bytes. */
export const operations = {
  upload: {
    operationId: 'attachments.upload',
    summary: 'Upload a picture or a video, to be sent with a message',
    tags: ['attachments'],
    requestBody: form(z.object({ file, description })),
    responses: { 201: { description: 'Kept', content: { 'application/json': { schema: attachment } } }, ...problemResponses(refusals) },
  },
  original: {
    operationId: 'attachments.get',
    summary: 'The bytes of a file, without what its device wrote into it',
    tags: ['attachments'],
    requestParams,
    responses: given(['image/*', 'video/*']),
  },
  thumbnail: {
    operationId: 'attachments.thumbnail',
    summary: 'A small picture of a picture',
    tags: ['attachments'],
    requestParams,
    responses: given(['image/webp']),
  },
  previewImage: {
    operationId: 'previews.image',
    summary: 'The picture of a page that a message links to, drawn anew by this server',
    tags: ['previews'],
    requestParams: { path: z.object({ id: z.uuid(), imageId: z.uuid() }) },
    responses: given(['image/webp']),
  },
  setAvatar: {
    operationId: 'users.setAvatar',
    summary: 'Make a picture my avatar, or that of a bot of mine',
    description: 'The id may be `me`.',
    tags: ['users'],
    requestParams: avatarParams,
    requestBody: form(z.object({ file })),
    responses: { 204: { description: 'Done' }, ...problemResponses(refusals) },
  },
  removeAvatar: {
    operationId: 'users.removeAvatar',
    summary: 'Take away my avatar, or that of a bot of mine',
    description: 'The id may be `me`.',
    tags: ['users'],
    requestParams: avatarParams,
    responses: { 204: { description: 'Done' }, ...problemResponses([401, 403, 404, 429]) },
  },
  avatar: {
    operationId: 'users.avatar',
    summary: 'The avatar of a person, a square',
    tags: ['users'],
    requestParams,
    responses: given(['image/webp']),
  },
} satisfies Record<string, ZodOpenApiOperationObject>;
