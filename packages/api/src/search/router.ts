import { message, pageOf, searchInput } from '@koreromai/contract';
import { z } from 'zod';
import { messageView } from '../messages/view.ts';
import { paged } from '../page.ts';
import { authed, limited, router } from '../trpc.ts';
import { found, readSearch } from './search.ts';

export const searchRouter = router({
  messages: authed
    .meta({ rest: { method: 'GET', path: '/search', summary: 'Search messages, newest first' } })
    .use(limited('search'))
    .input(searchInput)
    .output(pageOf(message))
    .query(async ({ ctx, input }) => {
      const { services, caller } = ctx;
      const search = readSearch(caller.id, input);
      const page = await paged({
        seal: services.seal,
        list: `search ${caller.id} ${JSON.stringify([search.terms, search.input, search.from, search.to])}`,
        key: z.int(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (beyond, count) => found(services, search, beyond, count),
        keyOf: (one) => one.doc,
      });
      return { ...page, items: page.items.map(({ row, eyes }) => messageView(row, eyes)) };
    }),
});
