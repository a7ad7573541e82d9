import type { TRPCClient } from '@trpc/client';
import type { router } from './test/router.ts';

/** Every procedure of the server, typed. */
export type Api = TRPCClient<typeof router>;
