import { id, type RateName, Refusal, rates } from '@koreromai/contract';
import { idOf, messagePlace, roleNow, standingIn } from '@koreromai/db';
import { covers } from '@koreromai/realtime';
import { getTRPCErrorFromUnknown, initTRPC, type TRPCError } from '@trpc/server';
import { z } from 'zod';
import { networkOf } from './address.ts';
import { mayByToken, neededFor } from './bots/scopes.ts';
import type { Context } from './context.ts';
import { closedRefusal } from './conversations/closed.ts';
import { errorShape, wireErrorOf } from './errors.ts';
import { mayTend } from './hooks/manage.ts';
import { standpointsIn } from './messages/standpoints.ts';
import type { Meta } from './rest.ts';
import type { Services } from './services.ts';
import { walk } from './walk.ts';

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({ isDev: false, errorFormatter: ({ shape, error, ctx }) => errorShape(shape, error, ctx?.requestId ?? null) });

export const { router, createCallerFactory } = t;

/** Called by our own walk, which changes no type: what the library says of a caller of one's own is about functions for pages. */
const procedure = t.procedure.experimental_caller(walk) as unknown as typeof t.procedure;

/** Every call is counted, whatever brought it and however it ended. */
async function measured<R extends { ok: true } | { ok: false; error: TRPCError }>(
  { ctx, path }: { ctx: Context; path: string },
  run: () => Promise<R>,
): Promise<R> {
  const from = performance.now();
  const count = (code: string) =>
    ctx.services.meter.called({ procedure: path, transport: ctx.transport, code, seconds: (performance.now() - from) / 1_000 });
  try {
    const result = await run();
    count(result.ok ? 'OK' : wireErrorOf(result.error, null).code);
    return result;
  } catch (error) {
    count(wireErrorOf(getTRPCErrorFromUnknown(error), null).code); // a middleware's own refusal, of a bot's token say
    throw error;
  }
}

/** Anyone, signed in or not. */
export const publicProcedure = procedure.meta({ public: true }).use(function isAnyone(call) {
  return measured(call, () => call.next());
});

/** A person with a living session, or a bot with a token that is good for this. Decided before the input is looked at, so that strangers learn nothing from it. */
export const authed = procedure.use(function isAuthed(call) {
  const { ctx, path, type } = call; // measured here and not in a middleware before it: each one costs every post as much as a small query
  const { caller } = ctx;
  const enter = () => {
    if (caller === null || caller.revoked()) {
      const code = caller === null ? 'UNAUTHENTICATED' : 'SESSION_EXPIRED';
      ctx.services.meter.called({ procedure: path, transport: ctx.transport, code, seconds: 0 });
      throw new Refusal(code);
    }
    const goOn = () => {
      caller.used();
      mayByToken(caller.scopes, neededFor(path, type));
      return call.next({ ctx: { caller } });
    };
    const renewed = caller.stale?.() ? caller.refresh?.() : undefined; // what they say next goes out under their new name
    return measured(call, () => (renewed ? renewed.then(goOn) : goOn()));
  };
  const waking = caller?.awake?.() ?? null;
  return waking === null ? enter() : waking.then(enter); // what ended while this process stood still has ended
});

/** A person who may be in the conversation now: by their own stay, or by the room's rules. To all others it does not exist. */
export const member = authed.input(z.object({ conversationId: id })).use(async function isMember({ ctx, input, next }) {
  const standing = await standingFor(ctx.services, ctx.caller.id, input.conversationId);
  return next({ ctx: { standing } });
});

type Standing = Awaited<ReturnType<typeof standingFor>>;
type Place = Pick<Standing, 'conversationId' | 'kind' | 'direct'>;

/**
 * A person who wants to say something in the conversation: it exists for them as for a member, or did when they spoke there last. What they
 * change rests on the lock, which asks again; what they are shown rests on `standing`, which is read when it is asked for.
 */
export const speaking = authed.input(z.object({ conversationId: id })).use(async function isSpeaking({ ctx, input, next }) {
  const { services, caller } = ctx;
  const { read, standpoints, settings } = services;
  const { conversationId } = input;
  const look = () => standingFor(services, caller.id, conversationId);
  const known = standpoints.of(caller.id, conversationId);
  if (known !== undefined) {
    const direct = known.peerId === null ? null : { otherId: known.peerId, policy: settings.current.messagingPolicy };
    const place: Place = { conversationId, kind: known.kind, direct };
    return next({ ctx: { place, standing: look } });
  }
  const { turn } = standpoints;
  const standing = await look();
  const { kind, peerId } = standing;
  if (kind !== 'room') standpoints.keep(conversationId, await standpointsIn(read, caller.id, conversationId, peerId), turn);
  const place: Place = standing;
  return next({ ctx: { place, standing: async () => standing } });
});

/** Who tends a group or a room: its owner and its admins, of a room also the site's moderators. Nobody tends a direct chat. */
export const tending = member.use(async function tendsChat({ ctx, next }) {
  const { kind, role } = ctx.standing;
  const leads = role === 'owner' || role === 'admin';
  mayTend(kind, role, kind === 'room' && !leads ? ((await roleNow(ctx.services.read, ctx.caller.id)) ?? 'user') : 'user');
  return next();
});

/** A person who may see the message now (H1), hidden or not: to be told apart by `seeing`. */
export const reaching = authed.input(z.object({ messageId: id })).use(async function canReach({ ctx, input, next }) {
  const place = await messagePlace(ctx.services.read, input.messageId, ctx.caller.id);
  if (!place) throw new Refusal('NOT_FOUND');
  const standing = await standingFor(ctx.services, ctx.caller.id, idOf(place.conversation_id));
  const seq = Number(place.seq);
  if (!covers(standing.ranges, seq) || seq <= standing.clearedSeq) throw new Refusal('NOT_FOUND');
  const own = idOf(place.author_id) === ctx.caller.id;
  const seeing = { ...standing, viewerId: ctx.caller.id, messageId: input.messageId, seq, own, hidden: place.hidden_at !== null };
  return next({ ctx: { seeing } });
});

/** A person who sees the message now: what they hid does not exist for them. */
export const seeing = reaching.use(async function isSeeing({ ctx, next }) {
  if (ctx.seeing.hidden) throw new Refusal('NOT_FOUND');
  return next();
});

/** A person who may know of the room, which is more than entering it (K10): `ctx.room.barred`. */
export const roomed = authed.input(z.object({ roomId: id })).use(async function isRoomed({ ctx, input, next }) {
  const room = await standingIn(ctx.services.read, ctx.caller.id, input.roomId, 'room');
  if (room?.kind !== 'room') throw new Refusal('NOT_FOUND');
  if (room.closedAt !== null) throw new Refusal('CONVERSATION_CLOSED');
  return next({ ctx: { room } });
});

/** A person who may enter the room now. */
export const entering = roomed.use(async function mayEnter({ ctx, next }) {
  if (ctx.room.barred) throw new Refusal('ROOM_ACCESS_DENIED');
  return next();
});

/** A person who keeps the room: its owner, its admins, the site's moderators. */
export const keeping = entering.use(async function keepsRoom({ ctx, next }) {
  const leads = ctx.room.role !== null && ctx.room.role !== 'member';
  if (!leads && (await roleNow(ctx.services.read, ctx.caller.id)) === 'user') throw new Refusal('FORBIDDEN');
  return next();
});

/** How a person stands in a conversation. Throws what those are told who may not be in it, in the order of T2. */
async function standingFor({ read, settings }: Services, userId: string, conversationId: string) {
  const standing = await standingIn(read, userId, conversationId);
  if (standing === null) throw new Refusal('NOT_FOUND');
  if (standing.closedAt !== null) throw await closedRefusal(read, standing.closedAt, standing.closedBy);
  if (standing.barred) throw new Refusal('ROOM_ACCESS_DENIED');
  const { peerId } = standing;
  return { ...standing, conversationId, direct: peerId === null ? null : { otherId: peerId, policy: settings.current.messagingPolicy } };
}

/** A site moderator or admin. The role is read at every call, so that who was demoted or suspended a moment ago is refused at the next one. */
export const moderator = authed.use(async function isModerator({ ctx, next }) {
  const role = await roleNow(ctx.services.read, ctx.caller.id);
  if (role !== 'moderator' && role !== 'admin') throw new Refusal('FORBIDDEN');
  return next({ ctx: { role: role === 'admin' ? ('admin' as const) : ('moderator' as const) } });
});

/** A site admin, read at every call like a moderator. */
export const admin = authed.use(async function isAdmin({ ctx, next }) {
  const role = await roleNow(ctx.services.read, ctx.caller.id);
  if (role !== 'admin') throw new Refusal('FORBIDDEN');
  return next({ ctx });
});

/** Counts the call against a rate of the contract's table. `lookUp` counts against the day as well. */
export const limited = (name: RateName) =>
  t.middleware(async function isLimited({ ctx, next }) {
    const key = countedFor(name, ctx);
    if (key !== null) await ctx.services.limiter.take(name, key, ctx.spent);
    return next();
  });

/** Whom a rate counts a call against; null where it is not counted. */
export function countedFor(name: RateName, { services, address, caller }: Context): string | null {
  const rate = rates[name];
  if (rate.loopbackFree && services.loopbackOnly && isLoopback(address)) return null;
  return (rate.key === 'user' ? caller?.id : undefined) ?? networkOf(address);
}

const isLoopback = (address: string) => address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
