import { type Self, self, signUpInput } from '@koreromai/contract';
import { accounts } from '@koreromai/db';
import { z } from 'zod';
import { makeAccount } from '../auth/account.ts';
import { authed, limited, publicProcedure, router } from '../trpc.ts';
import { selfView } from './view.ts';

export const usersRouter = router({
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

  /** Who I am. */
  me: authed
    .meta({ rest: { method: 'GET', path: '/users/me', summary: 'Who I am' } })
    .input(z.strictObject({}).optional())
    .output(self)
    .query(async ({ ctx }) => {
      const [now] = await accounts(ctx.services.read, { ids: [ctx.caller.id] }); // a socket may have been opened under another name or role
      return selfView(now ?? ctx.caller.account);
    }),
});
