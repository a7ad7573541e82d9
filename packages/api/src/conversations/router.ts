import {
  type Conversation,
  type Created,
  conversation,
  conversationInput,
  conversationsInput,
  created,
  createInput,
  leaveInput,
  notificationsInput,
  pageOf,
  pending,
  Refusal,
  updateInput,
} from '@koreromai/contract';
import { directIdOf, idOf, newId, overviewPage, randomId, roomsById } from '@koreromai/db';
import { z } from 'zod';
import { inviteDirect } from '../invitations/changes.ts';
import { paged } from '../page.ts';
import { roomViews } from '../rooms/view.ts';
import type { Services } from '../services.ts';
import { authed, limited, member, router } from '../trpc.ts';
import { resolvePeople } from '../users/resolve.ts';
import { conversationClosed } from './close.ts';
import { directCreated, groupCreated } from './create.ts';
import { groupLeft } from './leave.ts';
import { conversationCleared, conversationHidden, notificationsChanged } from './mine.ts';
import { groupUpdated, untried } from './update.ts';
import { conversationViews, overviewed, pendingView } from './view.ts';

const inConversation = { id: 'conversationId' };

/** Direct chats and groups: made, listed, changed, left. */
export const conversationsRouter = router({
  create: authed
    .meta({
      rest: {
        method: 'POST',
        path: '/conversations',
        summary: 'Start a direct chat or a group',
        answer: (output: Created) =>
          output.status === 'pending'
            ? { status: 202, body: output.pending }
            : { status: output.status === 'created' ? 201 : 200, body: output.conversation },
        answers: { 201: conversation, 200: conversation, 202: pending },
        location: (output: Created) => (output.status === 'created' ? `/conversations/${output.conversation.id}` : null),
      },
    })
    .use(limited('change'))
    .use(limited('lookUp'))
    .use(limited('lookUpDaily'))
    .input(createInput)
    .output(created)
    .mutation(async ({ ctx, input }) => {
      const { services, caller } = ctx;
      const names = input.kind === 'direct' ? [input.person] : input.people;
      const { people, unknown, self } = await resolvePeople(services.read, caller.id, names, input.kind === 'direct' ? 'person' : 'people');
      if (input.kind === 'group') {
        const { id } = await services.lane.change(groupCreated, {
          id: newId(services.now()),
          creatorId: caller.id,
          name: input.name ?? null,
          people: people.map((p) => ({ id: idOf(p.id), as: p.as })),
          invitations: unknown.map((email) => ({ id: randomId(), email })),
          policy: services.settings.current.messagingPolicy,
        });
        return { status: 'created' as const, conversation: await viewFor(services, caller.id, id) };
      }
      if (self) throw new Refusal('CANNOT_ADD_SELF');
      const [other] = people;
      if (other) {
        const { id, existed } = await services.lane.change(directCreated, {
          id: newId(services.now()),
          creatorId: caller.id,
          otherId: idOf(other.id),
          directId: await directIdOf(services.read, caller.id, idOf(other.id)),
          policy: services.settings.current.messagingPolicy,
        });
        return { status: existed ? ('existing' as const) : ('created' as const), conversation: await viewFor(services, caller.id, id) };
      }
      const invitation = await services.lane.change(inviteDirect, { id: randomId(), inviterId: caller.id, email: unknown[0] ?? '' });
      return { status: 'pending' as const, pending: pendingView(services, invitation) };
    }),

  list: authed
    .meta({ rest: { method: 'GET', path: '/conversations', summary: 'List my conversations, last activity first' } })
    .input(conversationsInput)
    .output(pageOf(conversation))
    .query(({ ctx, input }) => conversationPage(ctx.services, ctx.caller.id, input)),

  get: member
    .meta({ rest: { method: 'GET', path: '/conversations/{id}', params: inConversation, summary: 'Look at one conversation' } })
    .input(conversationInput)
    .output(conversation)
    .query(async ({ ctx: { services, caller, standing }, input: { conversationId } }) => {
      if (standing.kind !== 'room' || standing.role !== null) return viewFor(services, caller.id, conversationId);
      // A room that they may enter and do not follow is not among their conversations.
      const [view] = await roomViews(services, caller.id, await roomsById(services.read, caller.id, [conversationId]));
      if (!view) throw new Refusal('NOT_FOUND');
      return view;
    }),

  update: member
    .meta({
      rest: { method: 'PATCH', path: '/conversations/{id}', params: inConversation, summary: 'Rename, add and remove, all or nothing' },
    })
    .use(limited('change'))
    .input(updateInput)
    .output(conversation)
    .mutation(async ({ ctx, input }) => {
      const { services, caller } = ctx;
      if (input.add && input.add.length > 0) {
        await services.limiter.take('lookUp', caller.id, ctx.spent);
        await services.limiter.take('lookUpDaily', caller.id, ctx.spent);
      }
      const { people, unknown } = await resolvePeople(services.read, caller.id, input.add ?? [], 'add');
      await services.lane.change(groupUpdated, {
        conversationId: input.conversationId,
        actorId: caller.id,
        name: input.name,
        add: people.map((p) => ({ id: idOf(p.id), email: p.email, as: p.as })),
        invitations: unknown.map((email) => ({ id: randomId(), email })),
        remove: input.remove ?? [],
        ...{ ownerId: input.ownerId, addPolicy: input.addPolicy },
        ...{ policy: services.settings.current.messagingPolicy, tried: untried() },
      });
      return viewFor(services, caller.id, input.conversationId);
    }),

  /** Not `member`: leaving twice is no mistake, so the change itself knows whether one was ever there. */
  leave: authed
    .meta({ rest: { method: 'POST', path: '/conversations/{id}/leave', params: inConversation, summary: 'Leave a group' } })
    .use(limited('change'))
    .input(leaveInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.lane.change(groupLeft, { ...input, userId: ctx.caller.id })),

  /** Out of my list until somebody writes. */
  hide: member
    .meta({ rest: { method: 'POST', path: '/conversations/{id}/hide', params: inConversation, summary: 'Take a chat out of my list' } })
    .use(limited('change'))
    .input(conversationInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.lane.change(conversationHidden, { ...input, userId: ctx.caller.id })),

  /** D-del3: everything so far is gone for me alone. */
  clear: member
    .meta({ rest: { method: 'POST', path: '/conversations/{id}/clear', params: inConversation, summary: 'Clear a chat for me' } })
    .use(limited('change'))
    .input(conversationInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.lane.change(conversationCleared, { ...input, userId: ctx.caller.id })),

  /** D-del4. Not `member`: whoever closed it may say so twice. */
  close: authed
    .meta({
      rest: { method: 'POST', path: '/conversations/{id}/close', params: inConversation, summary: 'Close a group or room for everyone' },
    })
    .use(limited('change'))
    .input(conversationInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.lane.change(conversationClosed, { ...input, userId: ctx.caller.id })),

  notify: member
    .meta({
      rest: { method: 'PUT', path: '/conversations/{id}/notifications', params: inConversation, summary: 'Choose what to be told of' },
    })
    .use(limited('change'))
    .input(notificationsInput)
    .output(z.void())
    .mutation(({ ctx, input: { conversationId, level, mutedUntil } }) =>
      ctx.services.lane.change(notificationsChanged, {
        ...{ conversationId, userId: ctx.caller.id, level },
        mutedUntil: mutedUntil ? Date.parse(mutedUntil) : null,
      }),
    ),
});

/** One conversation as its viewer sees it. Throws NOT_FOUND when they are not in it. */
export async function viewFor(services: Services, viewerId: string, id: string): Promise<Conversation> {
  const [view] = await conversationViews(services, viewerId, [id]);
  if (!view) throw new Refusal('NOT_FOUND');
  return view;
}

const activityKey = z.object({ pos: z.int(), id: z.string() });

/** The viewer's conversations, last activity first; with `hidden` also those out of their list. */
export async function conversationPage(
  services: Services,
  viewerId: string,
  input: { cursor?: string | null | undefined; limit: number; hidden: boolean },
) {
  const page = await paged({
    seal: services.seal,
    list: `conversations ${viewerId} ${input.hidden}`,
    key: activityKey,
    ...{ cursor: input.cursor, limit: input.limit },
    rows: (beyond, count) => overviewPage(services.read, { viewerId, now: services.now() }, input.hidden, beyond, count),
    keyOf: (row) => ({ pos: Number(row.pos), id: idOf(row.id) }),
  });
  return { ...page, items: await overviewed(services, viewerId, page.items) };
}
