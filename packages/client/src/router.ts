/** The server's procedures, as a type only: nothing of the server is ever bundled. */
export type { AppRouter } from '@koreromai/api';
