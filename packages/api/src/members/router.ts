import {
  addedMember,
  addMemberInput,
  conversation,
  member as memberSchema,
  membersInput,
  pageOf,
  Refusal,
  removeMemberInput,
  roleInput,
} from '@koreromai/contract';
import { idOf, memberOf, memberPage, randomId } from '@koreromai/db';
import { z } from 'zod';
import { roleChanged } from '../conversations/roles.ts';
import { viewFor } from '../conversations/router.ts';
import { groupUpdated, untried } from '../conversations/update.ts';
import { memberView } from '../conversations/view.ts';
import { paged } from '../page.ts';
import { limited, member, router } from '../trpc.ts';
import { resolvePeople } from '../users/resolve.ts';

const inConversation = { id: 'conversationId' };

/** Who is in a conversation. */
export const membersRouter = router({
  list: member
    .meta({
      rest: { method: 'GET', path: '/conversations/{id}/members', params: inConversation, summary: 'List who is in a conversation' },
    })
    .input(membersInput)
    .output(pageOf(memberSchema))
    .query(async ({ ctx, input }) => {
      const { read, seal } = ctx.services;
      const page = await paged({
        seal,
        list: `members ${input.conversationId}`,
        key: z.string(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (after, count) => memberPage(read, input.conversationId, after, count),
        keyOf: (row) => idOf(row.user_id),
      });
      return { ...page, items: page.items.map((row) => memberView(row, ctx.standing.ranges)) };
    }),

  add: member
    .meta({ rest: { method: 'POST', path: '/conversations/{id}/members', params: inConversation, summary: 'Add or invite somebody' } })
    .use(limited('change'))
    .use(limited('lookUp'))
    .use(limited('lookUpDaily'))
    .input(addMemberInput)
    .output(addedMember)
    .mutation(async ({ ctx, input }) => {
      const { services, caller } = ctx;
      const { conversationId } = input;
      const { people, unknown, self } = await resolvePeople(services.read, caller.id, [input.person], 'person');
      const { already } = await services.lane.change(groupUpdated, {
        ...{ conversationId, actorId: caller.id, policy: services.settings.current.messagingPolicy, tried: untried() },
        add: people.map((p) => ({ id: idOf(p.id), email: p.email, as: p.as })),
        invitations: unknown.map((email) => ({ id: randomId(), email })),
      });
      const status =
        unknown.length > 0 ? ('pending' as const) : self || already.length > 0 ? ('alreadyMember' as const) : ('added' as const);
      return { status, conversation: await viewFor(services, caller.id, conversationId) };
    }),

  remove: member
    .meta({
      rest: {
        method: 'DELETE',
        path: '/conversations/{id}/members/{userId}',
        params: inConversation,
        summary: 'Take somebody out of a group',
        status: 204,
      },
    })
    .use(limited('change'))
    .input(removeMemberInput)
    .output(conversation)
    .mutation(async ({ ctx, input }) => {
      const { conversationId, userId } = input;
      await ctx.services.lane.change(groupUpdated, {
        conversationId,
        actorId: ctx.caller.id,
        remove: [userId],
        ...{ policy: ctx.services.settings.current.messagingPolicy, tried: untried() },
      });
      return viewFor(ctx.services, ctx.caller.id, conversationId);
    }),

  setRole: member
    .meta({
      rest: {
        method: 'PATCH',
        path: '/conversations/{id}/members/{userId}',
        params: inConversation,
        summary: 'Make a member an admin, or an admin a member',
      },
    })
    .use(limited('change'))
    .input(roleInput)
    .output(memberSchema)
    .mutation(async ({ ctx, input }) => {
      const { conversationId, userId } = input;
      await ctx.services.lane.change(roleChanged, { ...input, actorId: ctx.caller.id });
      const row = await memberOf(ctx.services.read, conversationId, userId);
      if (!row) throw new Refusal('NOT_FOUND'); // left in the same moment
      return memberView(row, ctx.standing.ranges);
    }),
});
