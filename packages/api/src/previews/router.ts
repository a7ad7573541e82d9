import { pageOf, preview, previewsInput } from '@koreromai/contract';
import { previewsOf } from '@koreromai/db';
import { z } from 'zod';
import { messageFor } from '../messages/read.ts';
import { paged } from '../page.ts';
import { router, seeing } from '../trpc.ts';
import { linksIn } from './links.ts';
import { previewView } from './view.ts';

export const previewsRouter = router({
  /** What the pages say that a message links to, in the order of its text. What it does not link to any more is not shown. */
  list: seeing
    .meta({
      rest: { method: 'GET', path: '/messages/{id}/previews', params: { id: 'messageId' }, summary: 'What the links in a message lead to' },
    })
    .input(previewsInput)
    .output(pageOf(preview))
    .query(async ({ ctx, input }) => {
      const { read, seal, previews } = ctx.services;
      const { text } = await messageFor(read, ctx.seeing);
      const links = text === null || !previews.on ? [] : linksIn(text);
      const page = await paged({
        seal,
        list: `previews ${ctx.seeing.messageId} ${ctx.caller.id}`,
        key: z.object({ place: z.int() }),
        ...{ cursor: input.cursor, limit: input.limit },
        async rows(beyond, limit) {
          const rows = await previewsOf(
            read,
            links.map((link) => link.hash),
          );
          return links
            .flatMap((link, place) =>
              rows.filter((row) => row.state === 'ok' && link.hash.equals(row.url_hash)).map((row) => ({ ...row, place })),
            )
            .filter(({ place }) => place > (beyond?.place ?? -1))
            .slice(0, limit);
        },
        keyOf: ({ place }) => ({ place }),
      });
      return { ...page, items: page.items.map((row) => previewView(row, ctx.seeing.messageId)) };
    }),
});
