import { outgoingMail, pageInput, pageOf } from '@koreromai/contract';
import { idOf, mailPage } from '@koreromai/db';
import { z } from 'zod';
import { paged } from '../page.ts';
import { admin, router } from '../trpc.ts';
import { mailView } from './view.ts';

export const mailRouter = router({
  /** What went out, what waits and what was given up, newest first. */
  list: admin
    .meta({ rest: { method: 'GET', path: '/admin/mail', summary: 'What mails went out, wait, or were given up' } })
    .input(z.strictObject(pageInput))
    .output(pageOf(outgoingMail))
    .query(async ({ ctx, input }) => {
      const { read, seal } = ctx.services;
      const page = await paged({
        seal,
        list: `mail ${ctx.caller.id}`,
        key: z.string(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (before, count) => mailPage(read, before, count),
        keyOf: (row) => idOf(row.id),
      });
      return { ...page, items: page.items.map(mailView) };
    }),
});
