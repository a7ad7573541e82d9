import { pageOf, roomListEntry, roomListInput } from '@koreromai/contract';
import { idOf, roomListPage } from '@koreromai/db';
import { z } from 'zod';
import { paged } from '../page.ts';
import { keeping } from '../trpc.ts';
import { isoOf, userView } from '../users/view.ts';

/** Who is on a list: for those who keep it. */
const reading = (list: 'allow' | 'deny') =>
  keeping
    .meta({ rest: { method: 'GET', path: `/rooms/{id}/${list}`, params: { id: 'roomId' }, summary: `Who is on the ${list} list` } })
    .input(roomListInput)
    .output(pageOf(roomListEntry))
    .query(async ({ ctx, input }) => {
      const { read, seal } = ctx.services;
      const page = await paged({
        seal,
        list: `${list} ${input.roomId}`,
        key: z.string(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (after, count) => roomListPage(read, input.roomId, list, after, count),
        keyOf: (row) => idOf(row.user_id),
      });
      return { ...page, items: page.items.map((row) => ({ user: userView(row.user_id, row), addedAt: isoOf(row.added_at) })) };
    });

export const allowedList = reading('allow');
export const deniedList = reading('deny');
