import { type Caller, type Context, openAttachment, openAvatar, openPreviewImage } from '@koreromai/api';
import { id, Refusal } from '@koreromai/contract';
import { botOf } from '@koreromai/db';
import { living, spending } from '../rest/caller.ts';
import type { Call, DescribedRoute } from '../rest/route.ts';
import { bytesAnswer } from './bytes.ts';
import type { Received } from './intake.ts';
import { operations } from './operations.ts';

/** Never kept by anyone: the next reader at the same machine may see less. */
const privately = 'private, no-store';
/** Every signed-in person sees it, and a new one has another address. */
const briefly = 'private, max-age=300';

/** The routes that take and give bytes: all else is a procedure. */
export const fileRoutes: readonly DescribedRoute[] = [
  {
    ...{ method: 'POST', path: '/attachments', public: false, operation: operations.upload },
    async serve(call) {
      const caller = await spending(call, 'upload', 'post');
      const { media } = call.entrance.services;
      await media.mayUpload(caller.id);
      const kept = await received(call, (file) => media.keep({ ...file, uploaderId: caller.id }));
      return Response.json(kept, { status: 201, headers: { location: `${call.entrance.publicUrl}${kept.url}` } });
    },
  },
  {
    ...{ method: 'GET', path: '/attachments/{id}', public: false, operation: operations.original },
    serve: async (call) => bytesAnswer(call, await attachmentFor(call, 'original'), privately),
  },
  {
    ...{ method: 'GET', path: '/attachments/{id}/thumbnail', public: false, operation: operations.thumbnail },
    serve: async (call) => bytesAnswer(call, await attachmentFor(call, 'thumbnail'), privately),
  },
  {
    ...{ method: 'PUT', path: '/users/{id}/avatar', public: false, operation: operations.setAvatar },
    async serve(call) {
      const uploaderId = await faceOf(call, await spending(call, 'upload', 'manage'));
      const { media } = call.entrance.services;
      await media.mayUpload(uploaderId);
      await received(call, ({ path, name }) => media.setAvatar({ path, name, uploaderId }));
      return new Response(null, { status: 204 });
    },
  },
  {
    ...{ method: 'DELETE', path: '/users/{id}/avatar', public: false, operation: operations.removeAvatar },
    async serve(call) {
      await call.entrance.services.media.removeAvatar(await faceOf(call, await spending(call, 'profile', 'manage')));
      return new Response(null, { status: 204 });
    },
  },
  {
    ...{ method: 'GET', path: '/users/{id}/avatar', public: false, operation: operations.avatar },
    async serve(call) {
      const caller = living(call, 'read');
      const userId = call.params.id === 'me' ? caller.id : idIn(call);
      return bytesAnswer(call, await openAvatar(call.entrance.services.read, userId), briefly);
    },
  },
  {
    ...{ method: 'GET', path: '/messages/{id}/previews/{imageId}', public: false, operation: operations.previewImage },
    serve: async (call) => bytesAnswer(call, await openPreviewImage(contextOf(call), idIn(call), idIn(call, 'imageId')), privately),
  },
];

const contextOf = (call: Call): Context => ({
  services: call.entrance.services,
  transport: 'http',
  caller: living(call, 'read'),
  address: call.entrance.addressOf(call.c.env.incoming),
  userAgent: call.c.req.header('user-agent') ?? '',
  requestId: call.requestId,
  keepToken: () => {},
});

const attachmentFor = (call: Call, part: 'original' | 'thumbnail') =>
  openAttachment(call.entrance.services.read, living(call, 'read').id, idIn(call), part);

/** Whose picture is changed: one's own (`me`), or a bot's of one's own. Nobody else's is anybody's to change. */
async function faceOf(call: Call, caller: Caller): Promise<string> {
  if (call.params.id === 'me' || idIn(call) === caller.id) return caller.id;
  if (!(await botOf(call.entrance.services.read, caller.id, idIn(call)))) throw new Refusal('FORBIDDEN');
  return idIn(call);
}

/** What is no id names nothing. */
function idIn({ params }: Call, name = 'id'): string {
  const found = id.safeParse(params[name]);
  if (!found.success) throw new Refusal('NOT_FOUND');
  return found.data;
}

/** Reads the body's one file. A body that was refused half-way is not waited for: the connection ends behind the answer. */
async function received<Result>(call: Call, use: (file: Received) => Promise<Result>): Promise<Result> {
  const { incoming } = call.c.env;
  try {
    return await call.entrance.intake.receive(incoming, use);
  } catch (error) {
    if (!incoming.complete) call.headers.set('connection', 'close');
    throw error;
  }
}
