import { type Preferences, preferences, preferencesInput, Refusal } from '@koreromai/contract';
import { bytesOf, preferencesOf } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { authed, limited, router } from '../trpc.ts';

const levels = preferences.shape.mails.options; // in the order of the column's numbers

/** N2, N3: nobody is told of it; what was told before stays on the screens that have it. Mails that wait are judged when they go out. */
const preferencesSet = changeKind<{ userId: string; set: { receipts?: number; mails?: number } }, void>()({
  name: 'preferences.set',
  alone: true,
  streams: (input) => [input.userId],
  lookups: () => ({}),
  facts: () => null,
  decide: (input, _facts, draft) => draft.update('user', input.set, { id: bytesOf(input.userId) }),
});

const path = '/users/me/preferences';

/** What I decided for myself alone. */
export const preferencesRouter = router({
  get: authed
    .meta({ rest: { method: 'GET', path, summary: 'What I decided for myself' } })
    .input(z.strictObject({}).optional())
    .output(preferences)
    .query(({ ctx }) => preferencesFor(ctx.services, ctx.caller.id)),

  set: authed
    .meta({ rest: { method: 'PATCH', path, summary: 'Decide about read receipts, and about mails while I am away' } })
    .use(limited('change'))
    .input(preferencesInput)
    .output(preferences)
    .mutation(async ({ ctx, input: { receipts, mails } }) => {
      const set = { ...(receipts !== undefined && { receipts: receipts ? 1 : 0 }), ...(mails && { mails: levels.indexOf(mails) }) };
      await ctx.services.lane.change(preferencesSet, { userId: ctx.caller.id, set });
      return preferencesFor(ctx.services, ctx.caller.id);
    }),
});

async function preferencesFor({ read }: Services, userId: string): Promise<Preferences> {
  const row = await preferencesOf(read, userId);
  if (!row) throw new Refusal('UNAUTHENTICATED'); // deleted meanwhile
  return { receipts: row.receipts === 1, mails: levels[row.mails] ?? 'none' };
}
