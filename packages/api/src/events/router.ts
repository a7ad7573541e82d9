import { type Frame, limits, Refusal, snapshot, subscribeInput, watchInput } from '@koreromai/contract';
import { beginningOf } from '@koreromai/db';
import { Feed } from '@koreromai/realtime';
import type { TrackedEnvelope } from '@trpc/server';
import { z } from 'zod';
import { conversationPage } from '../conversations/router.ts';
import { standingFor, veilsFor } from '../services.ts';
import { authed, router } from '../trpc.ts';
import { selfView } from '../users/view.ts';
import { Subscription } from './subscription.ts';
import { createWatching } from './watching.ts';

/** Frames are parsed where they are made, once for all subscribers; parsing each yield again would cost as much as sending it. */
const frames = z.custom<AsyncIterable<TrackedEnvelope<Frame>>>(
  (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
);

/** Null without any. A place that was given out before a restore counts only where it is the only one: clients keep sending where they began. */
function laterOf(places: readonly number[]): number | null {
  const valid = places.filter(Number.isFinite);
  return places.length === 0 ? null : Math.max(...(valid.length > 0 ? valid : places));
}

export const eventsRouter = router({
  /** Everything that happens where the caller may see it, each once and in order, resumed from `cursor` or `lastEventId`, whichever is later. */
  subscribe: authed
    .input(subscribeInput)
    .output(frames)
    .subscription(({ ctx, input }) => {
      const { services, caller } = ctx;
      if (!ctx.slots) throw new Refusal('METHOD_NOT_SUPPORTED'); // the sockets' bounds do not hold on this door
      if (ctx.slots.taken >= limits.socket.maxSubscriptions) throw new Refusal('TOO_MANY_SUBSCRIPTIONS');
      const places = [input.cursor, input.lastEventId].filter((c) => typeof c === 'string').map((c) => services.seal.openPos(c));
      if (places.includes(null)) throw new Refusal('CURSOR_INVALID');
      const from = laterOf(places.map(Number));
      const { live, log, project, probe } = services;
      const { slots, outlet, watching = createWatching() } = ctx;
      if (input.rooms) watching.set(input.rooms);
      slots.taken++; // when it is granted, not when it is first read: a hundred asked for in one packet would all find the connection empty
      const feed = new Feed({
        live,
        log,
        project,
        probe,
        standing: standingFor(services, () => watching.rooms),
        veils: veilsFor(services),
        rooms: { asked: () => watching.rooms, onChange: watching.onChange },
        userId: caller.id,
        from,
        ...(outlet ? { ready: () => outlet.drained() } : {}),
      });
      return new Subscription({ feed, seal: services.seal.pos, revoked: caller.revoked, release: () => void slots.taken-- });
    }),

  /** Changes which rooms this connection's subscription also carries. Rooms that may not be entered are answered by an `ended` frame. */
  watch: authed
    .input(watchInput)
    .output(z.void())
    .mutation(({ ctx, input }) => {
      if (!ctx.watching) throw new Refusal('METHOD_NOT_SUPPORTED');
      ctx.watching.set(input.rooms);
    }),
});

export const sessionRouter = router({
  /** Where a client begins. `pos` and the head of the caller's own stream are read before everything else, so that the feed continues it without a gap. */
  snapshot: authed
    .meta({ rest: { method: 'GET', path: '/session', summary: 'Where a client begins: me, the place in the log, my conversations' } })
    .input(z.strictObject({}).optional())
    .output(snapshot)
    .query(async ({ ctx }) => {
      const { services, caller } = ctx;
      const now = await beginningOf(services.read, caller.id);
      const { items, nextCursor } = await conversationPage(services, caller.id, { limit: 50, hidden: true });
      return {
        me: selfView(now && now.deleted_at === null ? now : caller.account),
        sessionId: caller.sessionId,
        pos: services.seal.pos(Number(now?.pos ?? 0)),
        userSeq: Number(now?.seq ?? 0),
        conversations: items,
        nextCursor,
      };
    }),
});
