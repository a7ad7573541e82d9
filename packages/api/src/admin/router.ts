import { auditEntry, instanceSettings, pageInput, pageOf, updateSettingsInput } from '@koreromai/contract';
import { auditPage, idOf } from '@koreromai/db';
import { z } from 'zod';
import { paged } from '../page.ts';
import { settingsChanged } from '../settings/changes.ts';
import { admin, limited, router } from '../trpc.ts';
import { actOf } from './audit.ts';
import { auditView } from './view.ts';

/** What those who run the instance may do beyond others. */
export const adminRouter = router({
  settings: admin
    .input(z.strictObject({}).optional())
    .output(instanceSettings)
    .query(async ({ ctx }) => {
      await ctx.services.settings.look();
      return ctx.services.settings.current;
    }),

  /** What is left out stays as it is. Holds here at once and in every other process within a second. */
  updateSettings: admin
    .use(limited('change'))
    .input(updateSettingsInput)
    .output(instanceSettings)
    .mutation(async ({ ctx, input }) => {
      const { lane, settings } = ctx.services;
      await lane.change(settingsChanged, { act: actOf(ctx), settings: input });
      await settings.look();
      return settings.current;
    }),

  /** What was done with more than a user's rights, newest first. */
  audit: admin
    .input(z.strictObject(pageInput))
    .output(pageOf(auditEntry))
    .query(async ({ ctx, input }) => {
      const { read, seal } = ctx.services;
      const page = await paged({
        seal,
        list: `audit ${ctx.caller.id}`,
        key: z.string(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (before, count) => auditPage(read, before, count),
        keyOf: (row) => idOf(row.id),
      });
      return { ...page, items: page.items.map(auditView) };
    }),
});
