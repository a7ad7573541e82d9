import {
  createRoomInput,
  enterRoomInput,
  pageOf,
  Refusal,
  type Room,
  room,
  roomInput,
  roomPersonInput,
  roomSearchKey,
  roomsInput,
  subscribed,
  updateRoomInput,
} from '@koreromai/contract';
import { newId, randomId, roomPage, roomPassword, roomsById } from '@koreromai/db';
import { z } from 'zod';
import { paged } from '../page.ts';
import type { Services } from '../services.ts';
import { authed, entering, keeping, limited, roomed, router } from '../trpc.ts';
import { roomClosed } from './close.ts';
import { roomCreated } from './create.ts';
import { roomEntered, visit } from './enter.ts';
import { roomFollowed, roomUnfollowed } from './follow.ts';
import { roomListed } from './lists.ts';
import { allowedList, deniedList } from './lists-router.ts';
import { roomUpdated } from './update.ts';
import { roomViews } from './view.ts';

const params = { id: 'roomId' };
const face = <const M extends 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'>(method: M, rest: `/${string}` | '', summary: string) => ({
  rest: { method, path: `/rooms/{id}${rest}` as const, params, summary },
});

/** Putting a person on a list, or taking them off. */
const listing = (list: 'allow' | 'deny', on: boolean) =>
  keeping
    .meta(face(on ? 'PUT' : 'DELETE', `/${list}/{userId}`, `${on ? 'Put somebody on' : 'Take somebody off'} the ${list} list`))
    .use(limited('change'))
    .input(roomPersonInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.lane.change(roomListed, { ...input, actorId: ctx.caller.id, list, on }));

/** Rooms: open to many, with rules of their own (K1). What is said in them goes through `messages`. */
export const roomsRouter = router({
  list: authed
    .meta({ rest: { method: 'GET', path: '/rooms', summary: 'List rooms', bare: true } })
    .input(roomsInput)
    .output(pageOf(room))
    .query(async ({ ctx, input }) => {
      const { services, caller } = ctx;
      const search = roomSearchKey(input.query ?? '');
      const page = await paged({
        seal: services.seal,
        list: `rooms ${caller.id} ${input.sort} ${search}`,
        key: z.object({ rank: z.number(), name: z.string() }),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (beyond, limit) => roomPage(services.read, { viewerId: caller.id, sort: input.sort, search }, beyond, limit),
        keyOf: (row) => ({ rank: Number(row.rank), name: row.name_key ?? '' }),
      });
      return { ...page, items: await roomViews(services, caller.id, page.items) };
    }),

  create: authed
    .meta({ rest: { method: 'POST', path: '/rooms', summary: 'Open a room', status: 201, location: ({ id }: Room) => `/rooms/${id}` } })
    .use(limited('change'))
    .input(createRoomInput)
    .output(room)
    .mutation(async ({ ctx, input }) => {
      const { services, caller } = ctx;
      const { password, ...rest } = input;
      const passwordHash = password === undefined ? null : await services.passwords.hash(password);
      const id = newId(services.now());
      await services.lane.change(roomCreated, { ...rest, id, ownerId: caller.id, passwordHash });
      return roomFor(services, caller.id, id);
    }),

  /** Looking at a room counts as being there. */
  get: roomed
    .meta(face('GET', '', 'Look at a room'))
    .input(roomInput)
    .output(room)
    .query(async ({ ctx, input }) => {
      const { services, caller, room } = ctx;
      if (!room.barred) await visit(services, input.roomId, caller.id);
      return roomFor(services, caller.id, input.roomId);
    }),

  update: keeping
    .meta(face('PATCH', '', 'Change a room’s name, rules or password'))
    .use(limited('change'))
    .input(updateRoomInput)
    .output(room)
    .mutation(async ({ ctx, input }) => {
      const { services, caller } = ctx;
      const { password, ...rest } = input;
      const passwordHash = password === undefined ? undefined : await services.passwords.hash(password);
      await services.lane.change(roomUpdated, { ...rest, actorId: caller.id, passwordHash });
      return roomFor(services, caller.id, input.roomId);
    }),

  close: keeping
    .meta(face('DELETE', '', 'Close a room for everyone'))
    .use(limited('change'))
    .input(roomInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.lane.change(roomClosed, { roomId: input.roomId, actorId: ctx.caller.id })),

  /** Not `roomed`: whoever knows the password of a room that is not listed may enter it, and to all others it does not exist. */
  enter: authed
    .meta(face('POST', '/enter', 'Enter a room by its password'))
    .use(limited('change'))
    .input(enterRoomInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const { services, caller } = ctx;
      const { roomId } = input;
      const [row] = await roomsById(services.read, caller.id, [roomId]);
      if (!row) throw new Refusal('NOT_FOUND');
      if (row.closed_at !== null) throw new Refusal('CONVERSATION_CLOSED');
      const hidden = row.listed !== 1 && Number(row.enters) !== 1;
      if (row.access !== 'password') {
        if (Number(row.enters) === 1) return;
        throw new Refusal(hidden ? 'NOT_FOUND' : 'ROOM_ACCESS_DENIED');
      }
      await services.limiter.take('roomPassword', `${caller.id} ${roomId}`);
      const stored = await roomPassword(services.read, roomId);
      const right = await services.passwords.verify(stored?.password_hash ?? null, input.password);
      if (!right || !stored) throw new Refusal(hidden ? 'NOT_FOUND' : 'ROOM_PASSWORD_WRONG');
      await services.lane.change(roomEntered, { roomId, userId: caller.id, version: stored.password_version });
    }),

  follow: entering
    .meta(face('PUT', '/follow', 'Follow a room'))
    .use(limited('change'))
    .input(roomInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.lane.change(roomFollowed, { roomId: input.roomId, userId: ctx.caller.id })),

  unfollow: roomed
    .meta(face('DELETE', '/follow', 'Follow a room no more'))
    .use(limited('change'))
    .input(roomInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.lane.change(roomUnfollowed, { roomId: input.roomId, userId: ctx.caller.id })),

  allow: listing('allow', true),
  disallow: listing('allow', false),
  deny: listing('deny', true),
  undeny: listing('deny', false),
  allowed: allowedList,
  denied: deniedList,

  /** K15: says where to listen and from where on; the stream itself answers 200 there. */
  subscribe: entering
    .meta({
      rest: (['/rooms/{id}/subscribe', '/room/{id}/subscribe'] as const).map((path) => ({
        method: 'GET' as const,
        path,
        params,
        summary: 'Where to hear what happens in a room',
        status: 202 as const,
      })),
    })
    .input(roomInput)
    .output(subscribed)
    .query(async ({ ctx, input }) => {
      const { log, seal, publicUrl } = ctx.services;
      const cursor = seal.pos(await log.head());
      const query = new URLSearchParams({ room: input.roomId, cursor });
      return {
        subscriptionId: randomId(),
        eventsUrl: `${publicUrl}/api/v1/events?${query}`,
        websocketUrl: `${publicUrl.replace(/^http/, 'ws')}/trpc`,
        cursor,
      };
    }),
});

/** One room as its viewer sees it. Throws NOT_FOUND. */
async function roomFor(services: Services, viewerId: string, id: string): Promise<Room> {
  const [view] = await roomViews(services, viewerId, await roomsById(services.read, viewerId, [id]));
  if (!view) throw new Refusal('NOT_FOUND');
  return view;
}
