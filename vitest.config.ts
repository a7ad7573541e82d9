import { defineConfig } from 'vitest/config';

/** The web client has a configuration of its own, with a DOM. */
const web = 'apps/web/vitest.config.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['{packages,apps/server,apps/bench}/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', 'apps/web/**'],
          environment: 'node',
          pool: 'forks',
          testTimeout: 30_000,
          // Preparing a database on a real server is slow on a busy machine.
          hookTimeout: 60_000,
        },
      },
      web,
    ],
  },
});
