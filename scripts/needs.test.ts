import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { look } from './needs.mjs';

async function listening(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

test('what is not named is missing, and that is not wrong', async () => {
  const { missing, wrong } = await look({ CHROMIUM_PATH: process.execPath });
  expect(missing.map((need) => need.setting)).toEqual(['TEST_MYSQL_URL', 'TEST_REDIS_URL']);
  expect(wrong).toEqual([]);
});

test('a server that is named and answers is neither missing nor wrong', async () => {
  const url = `mysql://root@127.0.0.1:${await listening()}`;
  const { missing, wrong } = await look({ TEST_MYSQL_URL: url, TEST_REDIS_URL: url, CHROMIUM_PATH: process.execPath });
  expect([...missing, ...wrong]).toEqual([]);
});

test('a server or browser that is named but not there is wrong, told without its password', async () => {
  const { wrong } = await look({
    TEST_MYSQL_URL: 'mysql://root:hunter2@127.0.0.1:1',
    TEST_REDIS_URL: 'nonsense',
    CHROMIUM_PATH: '/nowhere/chromium',
  });
  expect(wrong).toHaveLength(3);
  expect(wrong.join()).not.toContain('hunter2');
});
