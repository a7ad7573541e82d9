import { mentionsInput, message, pageOf } from '@koreromai/contract';
import { idOf, mentionPage } from '@koreromai/db';
import { z } from 'zod';
import { paged } from '../page.ts';
import { authed } from '../trpc.ts';
import { messageView } from './view.ts';

/** Messages that name me, newest first: those that I may see now, wherever they are (H3). */
export const mentionsOfMe = authed
  .meta({ rest: { method: 'GET', path: '/me/mentions', summary: 'Messages that name me' } })
  .input(mentionsInput)
  .output(pageOf(message))
  .query(async ({ ctx, input }) => {
    const { read, seal } = ctx.services;
    const page = await paged({
      seal,
      list: `mentions ${ctx.caller.id}`,
      key: z.object({ at: z.int(), id: z.string() }),
      ...{ cursor: input.cursor, limit: input.limit },
      rows: (beyond, limit) => mentionPage(read, ctx.caller.id, beyond, limit),
      keyOf: (row) => ({ at: Number(row.named_at), id: idOf(row.id) }),
    });
    // A quote is left out where the stays of each would have to be read for it.
    return { ...page, items: page.items.map((row) => messageView(row, { ranges: [], clearedSeq: 0 })) };
  });
