import {
  deleteMeInput,
  pageOf,
  profile,
  Refusal,
  reportUserInput,
  type Self,
  self,
  signUpInput,
  updateMeInput,
  updateUserInput,
  userInput,
  usersInput,
} from '@koreromai/contract';
import { credentialsById, directoryPage, idOf, nameWordsOf, newId, personById, randomId, roleNow } from '@koreromai/db';
import { z } from 'zod';
import { actOf } from '../admin/audit.ts';
import { makeAccount } from '../auth/account.ts';
import type { Context } from '../context.ts';
import { paged } from '../page.ts';
import { authed, limited, publicProcedure, router } from '../trpc.ts';
import { correspondents, directMessages, messagesWith, postTo } from './directs.ts';
import { profileChanged } from './profile.ts';
import { accountDeleted } from './remove.ts';
import { personReported } from './report.ts';
import { profileViews, selfView } from './view.ts';

/** People: made, found, changed. */
export const usersRouter = router({
  /** Who I am. */
  me: authed
    .meta({ rest: { method: 'GET', path: '/users/me', summary: 'Who I am' } })
    .input(z.strictObject({}).optional())
    .output(self)
    .query(async ({ ctx }) => selfView((await personById(ctx.services.read, ctx.caller.id)) ?? ctx.caller.account)),

  /** An account without a session: signing up is `auth.signUp`. */
  create: publicProcedure
    .meta({
      rest: {
        method: 'POST',
        path: '/users',
        summary: 'Make an account without signing in',
        status: 201,
        location: ({ id }: Self) => `/users/${id}`,
      },
    })
    .use(limited('signUp'))
    .input(signUpInput)
    .output(self)
    .mutation(async ({ ctx, input }) => selfView(await makeAccount(ctx.services, input, () => null))),

  /** The directory. Whom it shows is the admins' setting; they themselves see everyone. */
  list: authed
    .meta({ rest: { method: 'GET', path: '/users', summary: 'Find people by name or username' } })
    .use(limited('read'))
    .input(usersInput)
    .output(pageOf(profile))
    .query(async ({ ctx, input }) => {
      const { services, caller } = ctx;
      const { directory } = services.settings.current;
      const all = directory === 'everyone' || (await roleNow(services.read, caller.id)) === 'admin';
      if (!all && directory === 'off') throw new Refusal('FORBIDDEN');
      const words = nameWordsOf(input.query ?? '').slice(0, 8);
      const nobody = words.length === 0 && Boolean(input.query);
      const page = await paged({
        seal: services.seal,
        list: `users ${caller.id} ${all} ${words.join(' ')}`,
        key: z.string(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: async (after, limit) =>
          nobody ? [] : directoryPage(services.read, { words, contactsOf: all ? null : caller.id, after, limit }),
        keyOf: (row) => idOf(row.id),
      });
      return { ...page, items: await profileViews(services, caller.id, page.items) };
    }),

  get: authed
    .meta({ rest: { method: 'GET', path: '/users/{id}', params: { id: 'userId' }, summary: 'Look at one person' } })
    .input(userInput)
    .output(profile)
    .query(async ({ ctx, input }) => {
      const row = await personById(ctx.services.read, input.userId);
      const [view] = row ? await profileViews(ctx.services, ctx.caller.id, [row]) : [];
      if (!view) throw new Refusal('NOT_FOUND');
      return view;
    }),

  report: authed
    .meta({ rest: { method: 'POST', path: '/users/{id}/report', params: { id: 'userId' }, summary: 'Report a person to the moderators' } })
    .use(limited('report'))
    .input(reportUserInput)
    .output(z.void())
    .mutation(({ ctx, input: { userId, reason } }) => {
      if (userId === ctx.caller.id) throw new Refusal('BAD_INPUT', { fields: { userId: 'must be somebody else' } });
      return ctx.services.lane.change(personReported, { id: randomId(), userId, reporterId: ctx.caller.id, reason });
    }),

  updateMe: authed
    .meta({ rest: { method: 'PATCH', path: '/users/me', summary: 'Change my name, username or bio' } })
    .use(limited('profile'))
    .input(updateMeInput)
    .output(self)
    .mutation(async ({ ctx, input }) => selfView(await changed(ctx, ctx.caller.id, input))),

  messages: messagesWith,
  post: postTo,
  correspondents,
  directMessages,

  /** For good: the account is gone with the answer, what it leaves behind in conversations soon after. */
  deleteMe: authed
    .meta({ rest: { method: 'DELETE', path: '/users/me', from: 'body', summary: 'Delete my account' } })
    .use(limited('password'))
    .input(deleteMeInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const { services, caller } = ctx;
      const mine = await credentialsById(services.read, caller.id);
      if (!mine || !(await services.passwords.verify(mine.password_hash, input.password))) throw new Refusal('PASSWORD_WRONG');
      const removal = { act: actOf(ctx), userId: caller.id, passwordHash: mine.password_hash, eraseMessages: input.eraseMessages ?? false };
      await services.lane.change(accountDeleted, { ...removal, jobId: newId(services.now()) });
      ctx.keepToken(null);
      services.jobs.wake();
    }),

  /** Oneself, one's bots, or anybody for a site admin: decided under the lock. */
  update: authed
    .meta({
      rest: {
        method: 'PATCH',
        path: '/users/{id}',
        params: { id: 'userId' },
        summary: 'Change a person, as an admin, oneself, or a bot of mine',
      },
    })
    .use(limited('profile'))
    .input(updateUserInput)
    .output(profile)
    .mutation(async ({ ctx, input: { userId, ...change } }) => {
      const [view] = await profileViews(ctx.services, ctx.caller.id, [await changed(ctx, userId, change)]);
      if (!view) throw new Refusal('NOT_FOUND');
      return view;
    }),
});

type Signed = Context & { readonly caller: NonNullable<Context['caller']> };

async function changed(ctx: Signed, userId: string, change: z.infer<typeof updateMeInput>) {
  const { services, caller } = ctx;
  const done = await services.lane.change(profileChanged, { ...change, act: actOf(ctx), userId, jobId: newId(services.now()) });
  if (done.changed) services.jobs.wake();
  if (userId === caller.id) await caller.refresh?.();
  const row = await personById(services.read, userId);
  if (!row) throw new Refusal('NOT_FOUND');
  return row;
}
