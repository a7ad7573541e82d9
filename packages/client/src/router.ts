import type { router } from './test/router.ts';

/** The server's procedures, as a type only: nothing of the server is ever bundled. */
export type AppRouter = typeof router;
