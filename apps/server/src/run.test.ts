import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { eachDatabase, eventually, freshDatabase, patience } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { call } from './test/http.ts';
import { type Child, folder, freePort, serving, startChild } from './test/process.ts';
import type { Out } from './test/server.ts';
import { openSocket } from './test/socket.ts';

/** It ended with 1 and one sentence that names what to do, and nothing of its insides. */
async function expectSentence(child: Child, wanted: RegExp): Promise<void> {
  expect(await child.ended).toBe(1);
  expect(child.err().trim()).toMatch(wanted);
  expect(child.err().trim().split('\n')).toHaveLength(1);
  expect(child.err()).not.toMatch(/\n\s+at |node_modules|\.ts:\d/);
  expect(child.out()).toBe('');
}

async function signUp(url: string, name: string): Promise<Out['auth']['signUp']> {
  return (await call(url, 'auth.signUp', { email: `${name}@example.nz`, password: 'correct horse', name })).data as Out['auth']['signUp'];
}

test('a busy port, a bad one, and a folder that takes no file are each told in one sentence', async () => {
  using data = folder();
  const busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const address = busy.address();
  const PORT = String(typeof address === 'object' && address ? address.port : 0);
  await using onBusy = startChild({ PORT, DATA_DIR: data.path });
  await using bad = startChild({ PORT: 'http', DATA_DIR: data.path });
  const file = join(data.path, 'file');
  writeFileSync(file, '');
  chmodSync(file, 0o400);
  await using unwritable = startChild({ PORT: '0', DATA_DIR: join(file, 'data') });
  await expectSentence(onBusy, new RegExp(`^Port ${PORT} is taken by another program: .*PORT=`));
  await expectSentence(bad, /^PORT is "http", but must be a number from 0 to 65535/);
  await expectSentence(unwritable, /^DATA_DIR is .*cannot be written/);
  busy.close();
});

test('a database that does not answer is told in one sentence without its password', async () => {
  using data = folder();
  const port = await freePort();
  await using child = startChild({ PORT: '0', DATA_DIR: data.path, DATABASE_URL: `mysql://korero:hunter2secret@127.0.0.1:${port}/korero` });
  await expectSentence(
    child,
    /^mysql:\/\/korero:\*\*\*@127\.0\.0\.1.* does not answer \(ECONNREFUSED\): start the database, or mend DATABASE_URL\.$/,
  );
  expect(child.err()).not.toContain('hunter2secret');
});

test('a Node that is too old is told so in one sentence', async () => {
  using data = folder();
  const pretend = `data:text/javascript,${encodeURIComponent("Object.defineProperty(process.versions, 'node', { value: '20.11.0' })")}`;
  await using child = startChild({ PORT: '0', DATA_DIR: data.path }, ['--import', pretend]);
  await expectSentence(child, /^KoreroMai needs Node 22\.17 or newer, and this is 20\.11\.0\./);
});

test('a second process on the same file is refused in one sentence, and the first goes on', async () => {
  using data = folder();
  await using first = startChild({ PORT: String(await freePort()), DATA_DIR: data.path });
  await serving(first);
  await using second = startChild({ PORT: String(await freePort()), DATA_DIR: data.path });
  await expectSentence(second, /^Another KoreroMai process is using .*DATA_DIR/);
  expect((await signUp(first.url, 'anahera')).token).toHaveLength(43);
});

test('SIGTERM ends it with 0 within 3 s; a client there is told to come back', async () => {
  using data = folder();
  await using child = startChild({ PORT: String(await freePort()), DATA_DIR: data.path });
  await serving(child);
  const { token } = await signUp(child.url, 'anahera');
  using socket = await openSocket(new WebSocket(`ws://127.0.0.1:${child.port}/trpc`, { headers: { authorization: `Bearer ${token}` } }));
  await socket.subscribe();
  const start = performance.now();
  child.process.kill('SIGTERM');
  expect(await socket.closed).toBe(1012);
  expect(socket.texts).toContain('{"id":null,"method":"reconnect"}');
  expect(await child.ended).toBe(0);
  expect(performance.now() - start).toBeLessThan(3_000 * patience);
  expect(child.err()).toBe('');
});

eachDatabase('a server that is killed', (dialect) => {
  test('kill -9 right after an acknowledged post loses nothing, and the next start needs no hand', async () => {
    using data = folder();
    await using database = await freshDatabase(dialect);
    const env = { DATA_DIR: data.path, DATABASE_URL: database.url };
    const texts = Array.from({ length: 3 }, () => `kept ${randomUUID()}`);
    let token = '';
    let conversationId = '';
    for (const [round, text] of texts.entries()) {
      await using child = startChild({ ...env, PORT: String(await freePort()) });
      await serving(child);
      if (round === 0) {
        ({ token } = await signUp(child.url, 'anahera'));
        await signUp(child.url, 'bea');
        const made = await call(child.url, 'conversations.create', { kind: 'direct', person: 'bea@example.nz' }, { token });
        conversationId = (made.data as { conversation: { id: string } }).conversation.id;
      }
      const reply = await call(child.url, 'messages.post', { conversationId, text }, { token });
      child.process.kill('SIGKILL');
      expect(reply.status).toBe(200);
      expect(await child.ended).toBe('SIGKILL');
    }
    await using last = startChild({ ...env, PORT: String(await freePort()) });
    await serving(last);
    const { data: page } = await call(last.url, 'messages.list', { conversationId, order: 'asc' }, { token });
    expect((page as Out['messages']['list']).items.map((m) => m.text)).toEqual(texts);
    await eventually('an empty complaint', () => last.err() === '');
  });
});
