import { circleInput, pageOf, type Refused, refusal, refusalInput } from '@koreromai/contract';
import { bytesOf, idOf, peopleById, refusalPage } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { z } from 'zod';
import { paged } from '../page.ts';
import { authed, limited, router } from '../trpc.ts';
import { isoOf, userView } from '../users/view.ts';

/** M10: lets a group, or a person, add me again. Only the one who refused can. Lifting what is not there is no mistake. */
export const refusalLifted = changeKind<{ userId: string; targetId: string }, void>()({
  name: 'refusal.lifted',
  alone: true,
  streams: (input) => [input.userId],
  lookups: () => ({}),
  facts: () => null,
  decide: ({ userId, targetId }, _facts, draft) => draft.delete('refusal', { user_id: bytesOf(userId), target_id: bytesOf(targetId) }),
});

/** M10, M11: where I refuse to be added again, and by whom. */
export const refusalsRouter = router({
  list: authed
    .meta({ rest: { method: 'GET', path: '/me/refusals', summary: 'List where and by whom I refuse to be added' } })
    .input(circleInput)
    .output(pageOf(refusal))
    .query(async ({ ctx, input }) => {
      const { read, seal } = ctx.services;
      const page = await paged({
        seal,
        list: `refusals ${ctx.caller.id}`,
        key: z.string(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (after, count) => refusalPage(read, ctx.caller.id, after, count),
        keyOf: (row) => idOf(row.target_id),
      });
      const people = await peopleById(
        read,
        page.items.flatMap((row) => (row.target === 'person' ? [idOf(row.target_id)] : [])),
      );
      const items = page.items.map((row): Refused => {
        const person = people.find((p) => p.id.equals(row.target_id));
        return {
          id: idOf(row.target_id),
          kind: row.target === 'person' ? 'person' : 'conversation',
          user: person ? userView(person.id, person) : null,
          conversationName: row.name,
          createdAt: isoOf(row.created_at),
        };
      });
      return { ...page, items };
    }),

  lift: authed
    .meta({
      rest: { method: 'DELETE', path: '/me/refusals/{id}', params: { id: 'targetId' }, summary: 'Let a group or a person add me again' },
    })
    .use(limited('change'))
    .input(refusalInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.lane.change(refusalLifted, { ...input, userId: ctx.caller.id })),
});
