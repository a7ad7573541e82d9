import { preferences, preferencesInput } from '@koreromai/contract';
import { bytesOf, receiptsOf } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { z } from 'zod';
import { authed, limited, router } from '../trpc.ts';

/** N2: nobody is told of it; what was told before stays on the screens that have it. */
const preferencesSet = changeKind<{ userId: string; receipts: boolean }, void>()({
  name: 'preferences.set',
  alone: true,
  streams: (input) => [input.userId],
  lookups: () => ({}),
  facts: () => null,
  decide: (input, _facts, draft) => draft.update('user', { receipts: input.receipts ? 1 : 0 }, { id: bytesOf(input.userId) }),
});

const path = '/users/me/preferences';

/** What I decided for myself alone. */
export const preferencesRouter = router({
  get: authed
    .meta({ rest: { method: 'GET', path, summary: 'What I decided for myself' } })
    .input(z.strictObject({}).optional())
    .output(preferences)
    .query(async ({ ctx }) => ({ receipts: await receiptsOf(ctx.services.read, ctx.caller.id) })),

  set: authed
    .meta({ rest: { method: 'PATCH', path, summary: 'Decide whether read receipts are sent and seen' } })
    .use(limited('change'))
    .input(preferencesInput)
    .output(preferences)
    .mutation(async ({ ctx, input }) => {
      await ctx.services.lane.change(preferencesSet, { userId: ctx.caller.id, receipts: input.receipts });
      return { receipts: input.receipts };
    }),
});
