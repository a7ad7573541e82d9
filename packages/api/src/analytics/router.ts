import { analyticsInput, dailyCount, pageOf, topConversation, topUser } from '@koreromai/contract';
import { authed, router } from '../trpc.ts';
import { dailyPage } from './daily.ts';
import { topConversationsPage, topUsersPage } from './top.ts';

/** How much is written, by whom, where and when: whole conversations that the caller may see now (A1). */
export const analyticsRouter = router({
  topUsers: authed
    .meta({ rest: { method: 'GET', path: '/analytics/top-users', summary: 'Who wrote most messages' } })
    .input(analyticsInput)
    .output(pageOf(topUser))
    .query(({ ctx, input }) => topUsersPage(ctx.services, ctx.caller, input)),

  topConversations: authed
    .meta({ rest: { method: 'GET', path: '/analytics/top-conversations', summary: 'The chats with most messages' } })
    .input(analyticsInput)
    .output(pageOf(topConversation))
    .query(({ ctx, input }) => topConversationsPage(ctx.services, ctx.caller, input)),

  daily: authed
    .meta({ rest: { method: 'GET', path: '/analytics/daily', summary: 'Messages of each day, newest day first' } })
    .input(analyticsInput)
    .output(pageOf(dailyCount))
    .query(({ ctx, input }) => dailyPage(ctx.services, ctx.caller, input)),
});
