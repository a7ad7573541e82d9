import {
  adminUser,
  auditEntry,
  auditInput,
  governUserInput,
  instanceSettings,
  listUsersInput,
  pageOf,
  Refusal,
  updateSettingsInput,
} from '@koreromai/contract';
import { governedById, idOf, type PeoplePlace, peoplePage } from '@koreromai/db';
import { z } from 'zod';
import { paged } from '../page.ts';
import { settingsChanged } from '../settings/changes.ts';
import { admin, limited, moderator, router } from '../trpc.ts';
import { actOf } from './audit.ts';
import { userGoverned } from './govern.ts';
import { deleteReported, listReports, resolveReport } from './reports.ts';
import { auditEntries, governedViews } from './view.ts';

const place = z.object({ by: z.enum(['id', 'username', 'email']), after: z.string() });

/** What those who run the instance may do beyond others. */
export const adminRouter = router({
  /** Everybody who has an account: newest first, or those whose username or address begins like the query. */
  users: admin
    .meta({ rest: { method: 'GET', path: '/admin/users', summary: 'List everybody who has an account' } })
    .input(listUsersInput)
    .output(pageOf(adminUser))
    .query(async ({ ctx, input }) => {
      const { read, seal } = ctx.services;
      const page = await paged({
        seal,
        list: `people ${input.query ?? ''} ${ctx.caller.id}`,
        key: place,
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (beyond, count) => peoplePage(read, input.query, beyond, count),
        keyOf: (row): PeoplePlace => ({ by: row.by, after: row.by === 'id' ? idOf(row.id) : (row[row.by] ?? '') }),
      });
      return { ...page, items: await governedViews(read, 'admin', page.items) };
    }),

  /** Admins give roles; moderators and admins suspend and let in again. */
  updateUser: moderator
    .meta({
      rest: { method: 'PATCH', path: '/admin/users/{id}', params: { id: 'userId' }, summary: 'Give a role, suspend or let in again' },
    })
    .use(limited('change'))
    .input(governUserInput)
    .output(adminUser)
    .mutation(async ({ ctx, input }) => {
      const { lane, read } = ctx.services;
      const { userId, role, suspended } = input;
      await lane.change(userGoverned, { act: actOf(ctx), userId, role, suspended });
      const row = await governedById(read, userId);
      const [view] = row ? await governedViews(read, ctx.role, [row]) : [];
      if (view === undefined) throw new Refusal('NOT_FOUND'); // gone in the same moment
      return view;
    }),

  reports: listReports,
  resolveReport,
  deleteReported,

  settings: admin
    .meta({ rest: { method: 'GET', path: '/admin/settings', summary: 'What holds for everyone here' } })
    .input(z.strictObject({}).optional())
    .output(instanceSettings)
    .query(async ({ ctx }) => {
      await ctx.services.settings.look();
      return ctx.services.settings.current;
    }),

  /** What is left out stays as it is. Holds here at once and in every other process within a second. */
  updateSettings: admin
    .meta({ rest: { method: 'PATCH', path: '/admin/settings', summary: 'Change what holds for everyone here' } })
    .use(limited('change'))
    .input(updateSettingsInput)
    .output(instanceSettings)
    .mutation(async ({ ctx, input }) => {
      const { lane, settings } = ctx.services;
      await lane.change(settingsChanged, { act: actOf(ctx), settings: input });
      await settings.look();
      return settings.current;
    }),

  /** What was done with more than a user's rights, and who signed in or was refused, newest first. Nobody can change it. */
  audit: admin
    .meta({ rest: { method: 'GET', path: '/admin/audit', summary: 'What was done with more than a user’s rights, and who signed in' } })
    .input(auditInput)
    .output(pageOf(auditEntry))
    .query(({ ctx, input }) => {
      const { read, seal } = ctx.services;
      return paged({
        seal,
        list: `audit ${input.only ?? ''} ${ctx.caller.id}`,
        key: z.string(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (before, count) => auditEntries(read, input.only, before, count),
        keyOf: (entry) => entry.id,
      });
    }),
});
