import { defineConfig } from '@playwright/test';
import stories from './playwright.config.ts';

/** The same server and browser as the stories; instead of telling a story, every screen is pictured. */
export default defineConfig({ ...stories, testMatch: '*.shots.ts', workers: 1, timeout: 300_000 });
