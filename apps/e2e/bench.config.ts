import { defineConfig } from '@playwright/test';
import stories from './playwright.config.ts';

const { webServer } = stories;
if (webServer === undefined || Array.isArray(webServer)) throw new Error('The stories start one server.');

/** The same server and browser as the stories, without limits on posting: the page is measured, not a person. */
export default defineConfig({
  ...stories,
  testMatch: '*.bench.ts',
  workers: 1,
  timeout: 480_000,
  webServer: { ...webServer, env: { ...webServer.env, RATE_LIMITS: 'off' } },
});
