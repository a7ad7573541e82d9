import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from './test/server.ts';

/** Seconds that the server says it keeps an idle connection. */
async function kept(trustedProxies: string[]): Promise<number> {
  await using server = await startServer({ trustedProxies });
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const [response] = (await once(get(`${server.url}/healthz`, { agent }), 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return Number(/timeout=(\d+)/.exec(String(response.headers['keep-alive']))?.[1]);
}

test('R117: behind a proxy idle connections are kept for longer than the proxy keeps them; strangers’ are not', async () => {
  expect(await kept(['10.0.0.0/8'])).toBeGreaterThan(60);
  expect(await kept([])).toBe(10);
});
