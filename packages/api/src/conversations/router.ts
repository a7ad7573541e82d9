import {
  type Conversation,
  type Created,
  conversation,
  conversationInput,
  conversationsInput,
  created,
  createInput,
  pageOf,
  pending,
  Refusal,
  updateInput,
} from '@koreromai/contract';
import { idOf, myConversations, newId, randomId } from '@koreromai/db';
import { z } from 'zod';
import { inviteDirect } from '../invitations/changes.ts';
import { paged } from '../page.ts';
import type { Services } from '../services.ts';
import { authed, limited, member, router } from '../trpc.ts';
import { resolvePeople } from '../users/resolve.ts';
import { directCreated, groupCreated } from './create.ts';
import { groupLeft } from './leave.ts';
import { groupUpdated } from './update.ts';
import { conversationViews, pendingView } from './view.ts';

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
          people: people.map((p) => idOf(p.id)),
          invitations: unknown.map((email) => ({ id: randomId(), email })),
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
    .query(({ ctx, input }) => viewFor(ctx.services, ctx.caller.id, input.conversationId)),

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
        add: people.map((p) => ({ id: idOf(p.id), email: p.email })),
        invitations: unknown.map((email) => ({ id: randomId(), email })),
        remove: input.remove ?? [],
      });
      return viewFor(services, caller.id, input.conversationId);
    }),

  /** Not `member`: leaving twice is no mistake, so the change itself knows whether one was ever there. */
  leave: authed
    .meta({ rest: { method: 'POST', path: '/conversations/{id}/leave', params: inConversation, summary: 'Leave a group' } })
    .use(limited('change'))
    .input(conversationInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.lane.change(groupLeft, { conversationId: input.conversationId, userId: ctx.caller.id })),
});

/** One conversation as its viewer sees it. Throws NOT_FOUND when they are not in it. */
export async function viewFor(services: Services, viewerId: string, id: string): Promise<Conversation> {
  const [view] = await conversationViews(services, viewerId, [id]);
  if (!view) throw new Refusal('NOT_FOUND');
  return view;
}

const activityKey = z.object({ pos: z.int(), id: z.string() });

/** The viewer's conversations, last activity first. */
export async function conversationPage(services: Services, viewerId: string, input: { cursor?: string | null | undefined; limit: number }) {
  const page = await paged({
    seal: services.seal,
    list: `conversations ${viewerId}`,
    key: activityKey,
    ...{ cursor: input.cursor, limit: input.limit },
    rows: (beyond, count) => myConversations(services.read, viewerId, beyond, count),
    keyOf: (row) => ({ pos: Number(row.pos), id: idOf(row.id) }),
  });
  return {
    ...page,
    items: await conversationViews(
      services,
      viewerId,
      page.items.map((row) => idOf(row.id)),
    ),
  };
}
