import { self } from '@koreromai/contract';
import { z } from 'zod';
import { authed, router } from '../trpc.ts';
import { selfView } from './view.ts';

export const usersRouter = router({
  /** Who I am. */
  me: authed
    .input(z.strictObject({}).optional())
    .output(self)
    .query(({ ctx }) => selfView(ctx.caller.account)),
});
