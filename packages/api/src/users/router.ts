import { self } from '@koreromai/contract';
import { z } from 'zod';
import { authed, router } from '../trpc.ts';
import { selfView } from './view.ts';

export const usersRouter = router({
  /** Who I am. */
  me: authed
    .meta({ rest: { method: 'GET', path: '/users/me', summary: 'Who I am' } })
    .input(z.strictObject({}).optional())
    .output(self)
    .query(({ ctx }) => selfView(ctx.caller.account)),
});
