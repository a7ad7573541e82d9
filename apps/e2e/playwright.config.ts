import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const port = 4_337;
const url = `http://localhost:${port}`;
const root = join(import.meta.dirname, '../..');

/** The stories run against the product as it is served, rate limits included: whoever tries it meets no 429. */
export default defineConfig({
  testDir: 'src',
  testMatch: '*.spec.ts',
  globalSetup: './src/first-account.ts',
  outputDir: 'test-results', // here, and not among the temporary files: what a failed story leaves is wanted behind the run
  fullyParallel: true,
  workers: 2,
  // Two cores carry the server, two browsers and whatever else the machine of CI does; a story that passes takes no longer for this.
  timeout: process.env.CI ? 180_000 : 45_000,
  expect: { timeout: process.env.CI ? 30_000 : 7_500 },
  forbidOnly: Boolean(process.env.CI),
  // A browser on a busy machine is late now and then. A second try is told of by name at the end of `npm test`.
  retries: process.env.CI ? 1 : 0,
  use: {
    screenshot: 'only-on-failure',
    baseURL: url,
    // Its own story lets the worker in (US23). Elsewhere it would fetch the whole app again for every person in every story.
    serviceWorkers: 'block',
    viewport: { width: 1440, height: 900 },
    locale: 'en-NZ',
    timezoneId: 'Pacific/Auckland',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: `"${join(root, 'node_modules/.bin/node')}" apps/server/src/main.ts`,
    cwd: root,
    url: `${url}/readyz`,
    env: {
      PORT: String(port),
      DATA_DIR: mkdtempSync(join(tmpdir(), 'koreromai-e2e-')),
      LOG_LEVEL: 'error',
      HOST: '127.0.0.1',
      DATABASE_URL: '',
      PUBLIC_URL: '',
    },
    reuseExistingServer: false,
    timeout: 30_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
