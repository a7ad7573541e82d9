import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { appRouter, type Context, createSessions, createWatching } from '@koreromai/api';
import { limits } from '@koreromai/contract';
import { eventually } from '@koreromai/testing';
import { type Encoder, getWSConnectionHandler } from '@trpc/server/adapters/ws';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { openChats } from '../test/plain.ts';
import { type Out, type Person, startServer, type TestServer } from '../test/server.ts';
import { openSocket } from '../test/socket.ts';

type Socket = Awaited<ReturnType<typeof openSocket>>;

/** A door of the same house that the library's own adapter keeps, and a socket at it. */
async function libraryFor({ services }: TestServer, who: Person) {
  const wss = new WebSocketServer({ port: 0 });
  const sessions = createSessions(services);
  const fixed = { services, transport: 'ws', address: '', userAgent: '', requestId: '', keepToken: () => {} } as const;
  const createContext = async (): Promise<Context> => {
    return { ...fixed, caller: await sessions.authenticate(who.token), slots: { taken: 0 }, watching: createWatching() };
  };
  const handle = getWSConnectionHandler({
    wss,
    router: appRouter,
    createContext,
    maxBatchSize: limits.http.maxBatch,
    experimental_encoder: shortIds,
  });
  wss.on('connection', handle);
  await once(wss, 'listening');
  const socket = await openSocket(new WebSocket(`ws://127.0.0.1:${(wss.address() as AddressInfo).port}`));
  return {
    socket,
    async [Symbol.asyncDispose]() {
      socket.socket.terminate();
      sessions.close();
      await new Promise((closed) => wss.close(closed));
    },
  };
}

/** The one thing that we refuse and the library would take. */
const shortIds: Encoder = {
  encode: (data) => JSON.stringify(data),
  decode(data) {
    if (typeof data !== 'string') throw new Error('no text');
    const message: unknown = JSON.parse(data);
    if (String((message as { id?: unknown } | null)?.id).length > 64) throw new Error('too long');
    return message;
  },
};

/** What a socket says to a frame, up to the answer of a call that is sent behind it. */
async function answerOf(socket: Socket, frame: unknown): Promise<string> {
  const before = socket.texts.length;
  socket.send(frame);
  const after = { id: 1_000_000 + before, method: 'query', params: { path: 'nothing.at.all' } };
  await eventually('an answer', () => socket.texts.length > before);
  socket.send(after);
  await eventually('the last', () => socket.frames.some((f) => f.id === after.id));
  return socket.texts
    .slice(before, -1)
    .join('\n')
    .replace(/"traceId":"[^"]*"/g, '');
}

test('what a socket answers to a frame is, letter for letter, what the library’s own adapter answers', async () => {
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
  await using library = await libraryFor(server, bea);
  const frames = [
    ...calls.map(([method, params], n) => ({ id: 1_000 + n, method, params })),
    { id: 2_000, jsonrpc: '2.0', method: 'query', params: { path: 'users.me' } },
    { id: 2_001, jsonrpc: '1.0', method: 'query', params: { path: 'users.me' } },
    { id: 2_002, method: 'subscription', params: { path: 'users.me' } },
    { id: 2_003, method: 'subscription', params: { path: 'events.subscribe', input: { cursor: 'x' } } },
    { id: 2_004, method: 'subscription', params: { path: 'events.subscribe', lastEventId: 5 } },
    { id: 2_005, method: 'subscription', params: { path: 'events.subscribe', lastEventId: 'x' } },
    { id: null, method: 'query', params: { path: 'users.me' } },
    { id: null, method: 'subscription.stop' },
    { method: 'query', params: { path: 'users.me' } },
    { id: 'x'.repeat(65), method: 'query', params: { path: 'users.me' } },
    [{ id: 2_006, method: 'query', params: { path: 'users.me' } }],
    [{ id: 2_007, method: 'query', params: { path: 'nothing.there' } }, 5],
    Array.from({ length: 21 }, (_, n) =>
      n === 7 ? { id: 2_008, jsonrpc: '2.0', method: 'query' } : { id: 2_008, method: 'subscription.stop' },
    ),
    Array.from({ length: 21 }, () => 5),
    '{"id":1,',
    'null',
    '"PING"',
    'PING',
    Buffer.from('{"id":1,"method":"query","params":{"path":"users.me"}}'),
  ];
  for (const [n, frame] of frames.entries()) {
    const [own, theirs] = await Promise.all([socket, library.socket].map((one) => answerOf(one, frame)));
    expect(own, JSON.stringify(frame)).toBe(theirs);
    expect(own).toMatch(n < 2 || n === 3 ? /"result"/ : /./);
  }
  expect(server.faults).toEqual([]);
});

test('a subscription is told, frame for frame, what the library’s own adapter tells it, from its start through replay and live to its stop', async () => {
  await using server = await startServer();
  const [anahera, bea] = await server.people('anahera', 'bea');
  const chats = await openChats(server, anahera, bea, 2);
  const { pos } = await server.ok<Out['session']['snapshot']>('session.snapshot', undefined, bea);
  for (const id of chats.ids) await chats.say(id, 'before');
  using socket = await server.socket(bea);
  await using library = await libraryFor(server, bea);
  const both = [socket, library.socket];
  const heard = (one: Socket, type: string) => one.count((f) => f.id === 9 && f.result?.data?.data?.type === type);
  for (const one of both) one.send({ id: 9, method: 'subscription', params: { path: 'events.subscribe', input: { cursor: pos } } });
  await eventually('both live', () => both.every((one) => heard(one, 'checkpoint') === 1));
  for (const id of chats.ids) await chats.say(id, 'live');
  await eventually('all four', () => both.every((one) => heard(one, 'message.created') === 4));
  for (const one of both) one.send({ id: 9, method: 'subscription.stop' });
  await eventually('the end', () => both.every((one) => one.frames.at(-1)?.result?.type === 'stopped'));
  expect(socket.frames).toEqual(library.socket.frames);
  expect(socket.frames).toHaveLength(7);
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
