import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { rawConnection } from '../test/raw.ts';
import { hurry } from './patience.ts';

test('a body that does not come ends its connection, but a file may take longer, and who sends none is not hurried', async () => {
  const server = createServer((request, response) => {
    hurry(request, response, 50);
    request.resume().once('end', () => response.end('done'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const begin = async (line: string, headers: string) => {
    const connection = await rawConnection(port);
    connection.net.write(`${line} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
    return connection;
  };
  using slow = await begin('POST /trpc/auth.signUp', 'Content-Length: 10\r\n');
  using pieces = await begin('PUT /api/v1/users/me', 'Transfer-Encoding: chunked\r\n');
  using file = await begin('POST /api/v1/attachments?x=1', 'Content-Length: 1\r\n');
  using none = await begin('GET /healthz', '');
  await Promise.all([slow.end, pieces.end]);
  for (const ended of [slow, pieces]) expect(ended.text()).toMatch(/^HTTP\/1\.1 408 /);
  expect([file.ended(), none.ended()]).toEqual([false, false]);
  expect(none.text()).toContain('done');
  file.net.write('x');
  await once(file.net, 'data');
  expect(file.text()).toContain('done');
  server.closeAllConnections();
  server.close();
});
