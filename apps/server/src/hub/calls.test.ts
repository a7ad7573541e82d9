import { eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { openChats } from '../test/plain.ts';
import { startServer } from '../test/server.ts';

test('what a socket answers to one call is, letter for letter, what the library answers to the same in a batch', async () => {
  await using server = await startServer();
  const [anahera, bea] = await server.people('anahera', 'bea');
  const chats = await openChats(server, anahera, bea, 1);
  const [conversationId = ''] = chats.ids;
  using socket = await server.socket(bea);
  const id = '018f8f8f-8f8f-7f8f-8f8f-8f8f8f8f8f8f';
  const post = { conversationId, id, text: 'Kia ora' };
  await socket.mutation('messages.post', post); // the first time differs from the next
  const calls: [method: unknown, params: unknown][] = [
    ['query', { path: 'users.me' }],
    ['query', { path: 'users.me', input: {} }],
    ['query', { path: 'users.me', input: { more: 1 } }],
    ['mutation', { path: 'messages.post', input: post }],
    ['mutation', { path: 'messages.post', input: { ...post, text: 'another' } }],
    ['mutation', { path: 'messages.post', input: { ...post, text: '' } }],
    ['mutation', { path: 'messages.post', input: { conversationId, text: 5 } }],
    ['mutation', { path: 'messages.post', input: { ...post, conversationId: id } }],
    ['mutation', { path: 'messages.post' }],
    ['mutation', { path: 'reads.mark', input: { conversationId, seq: 1 } }],
    ['mutation', { path: 'users.me' }],
    ['query', { path: 'admin.users', input: {} }],
    ['query', { path: 'nothing.there', input: {} }],
    ['query', { path: 'constructor', input: {} }],
    ['query', { path: '__proto__' }],
    ['query', { path: 'events.subscribe', input: {} }],
    ['query', { path: 5 }],
    ['query', { input: {} }],
    ['query', null],
    ['mutate', { path: 'users.me' }],
    [undefined, { path: 'users.me' }],
    ['query', { path: 'users.me', lastEventId: 'x' }],
  ];
  for (const [n, [method, params]] of calls.entries()) {
    const frame = { id: 1_000 + n, method, params };
    const before = socket.texts.length;
    socket.send(frame);
    await eventually('its answer', () => socket.texts.length === before + 1);
    socket.send([frame]);
    await eventually('the library’s', () => socket.texts.length === before + 2);
    const [own, library] = socket.texts.slice(before);
    expect(own, JSON.stringify(frame)).toBe(library);
    expect(own).toMatch(n < 2 || n === 3 ? /"result"/ : /./);
  }
  expect(server.faults).toEqual([]);
});

test('a thousand calls at once on one socket are each answered once, in whatever order they end', async () => {
  await using server = await startServer();
  const [bea] = await server.people('bea');
  using socket = await server.socket(bea);
  for (let id = 1; id <= 1_000; id++) socket.send({ id, method: 'query', params: { path: 'users.me' } });
  await eventually('all', () => socket.frames.length >= 1_000);
  expect(new Set(socket.frames.map((f) => f.id)).size).toBe(1_000);
  expect(socket.frames).toHaveLength(1_000);
  expect(socket.frames.every((f) => f.result?.type === 'data')).toBe(true);
});
