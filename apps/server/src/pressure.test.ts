import { eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { frameOf, rawSocket } from './test/raw.ts';
import { startServer } from './test/server.ts';

test('R4: a peer that asks and asks and never reads is cut off before its answers fill the memory', async () => {
  await using server = await startServer();
  const [anahera, bea] = await server.people('anahera', 'bea');
  const made = await server.ok<{ conversation: { id: string } }>('conversations.create', { kind: 'direct', person: bea.email }, anahera);
  const conversationId = made.conversation.id;
  const posts = Array.from({ length: 100 }, () => server.ok('messages.post', { conversationId, text: 'ā'.repeat(4_000) }, anahera));
  await Promise.all(posts);
  using connection = await rawSocket(server.port, anahera.token);
  connection.net.pause();
  const call = { method: 'query', params: { path: 'messages.list', input: { conversationId, limit: 100 } } };
  const frame = frameOf(JSON.stringify(Array.from({ length: 20 }, (_, id) => ({ id, ...call }))));
  for (let i = 0; i < 5; i++) connection.net.write(frame);
  await eventually('the end of the connection', () => server.sockets() === 0);
  expect((await server.call('users.me', undefined, anahera)).status).toBe(200);
});
