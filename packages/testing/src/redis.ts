import { describe } from 'vitest';

/** Runs a suite that needs a Redis, with its URL. Without TEST_REDIS_URL it is skipped by name, and under CI it fails. */
export function withRedis(name: string, suite: (url: string) => void): void {
  const url = process.env.TEST_REDIS_URL;
  if (!url && process.env.CI)
    throw new Error('TEST_REDIS_URL is not set: under CI several processes are tested. Run .ci/run, or start a Redis and set it.');
  describe.skipIf(!url)(`${name} [redis]`, () => suite(url ?? ''));
}
