import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually, freshDatabase, onMySql } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { call } from '../test/http.ts';
import { folder, freePort } from '../test/process.ts';
import type { Out } from '../test/server.ts';
import { openSocket } from '../test/socket.ts';

function start(args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args, '--no-web'], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => void (said.out += String(chunk)));
  child.stderr.on('data', (chunk) => void (said.err += String(chunk)));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    said,
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}

test('how many processes, and a file for a database, are each refused in one sentence', async () => {
  for (const [args, env, sentence] of [
    [[], {}, /^Say how many processes, 1 to 64: npm run start:cluster -- 2$/],
    [['nought'], {}, /^Say how many processes/],
    [['2'], {}, /^Several processes need one MySQL, and sqlite:.* DATABASE_URL=mysql:.* npm start\.$/],
    [['2'], { PORT: 'http' }, /^PORT is "http"/],
  ] as const) {
    const { ended, said } = start(args, env);
    expect(await ended).toBe(1);
    expect(said.err.trim()).toMatch(sentence);
    expect(said.err.trim().split('\n')).toHaveLength(1);
  }
});

onMySql('several processes on one port', () => {
  test('two serve people who hear each other; a killed one is replaced, its people come back; SIGTERM ends all with 0', async () => {
    await using database = await freshDatabase('mysql');
    using data = folder();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    await using running = start(['2'], { PORT: String(port), DATA_DIR: data.path, DATABASE_URL: database.url });
    await eventually('both serve', () => running.said.out.includes('2 processes'), { within: 40_000 });
    expect(running.said.out.match(/KoreroMai is at/g)).toHaveLength(1);

    const sign = async (name: string) =>
      (await call(url, 'auth.signUp', { email: `${name}@example.nz`, password: 'correct horse', name })).data as Out['auth']['signUp'];
    const [mia, tama] = [await sign('mia'), await sign('tama')];
    const made = (await call(url, 'conversations.create', { kind: 'direct', person: 'tama@example.nz' }, mia)).data as {
      conversation: { id: string };
    };
    const listen = async () => {
      const socket = await openSocket(new WebSocket(`ws://127.0.0.1:${port}/trpc`, { headers: { authorization: `Bearer ${tama.token}` } }));
      await socket.subscribe();
      await socket.event('checkpoint');
      return socket;
    };
    // Connections go round, so some of these are in the other process than the one that is written through.
    const ears = await Promise.all(Array.from({ length: 4 }, listen));
    const post = async (text: string) =>
      call(url, 'messages.post', { conversationId: made.conversation.id, id: crypto.randomUUID(), text }, mia);
    expect((await post('kia ora')).status).toBe(200);
    await Promise.all(ears.map((ear) => ear.event('message.created')));

    const workers = await childrenOf(running.child.pid);
    expect(workers).toHaveLength(2);
    process.kill(workers[0] ?? 0, 'SIGKILL');
    await eventually('its sockets are gone', () => ears.some((ear) => ear.closing.code !== 0));
    expect(ears.filter((ear) => ear.closing.code !== 0).length, 'the other goes on').toBeLessThan(4);
    await eventually('another takes its place', async () => (await childrenOf(running.child.pid)).length === 2);
    expect(running.said.err).toContain('A process ended (SIGKILL) and is started again.');
    const again = await listen();
    expect((await post('kei te aha')).status).toBe(200);
    await again.event('message.created');
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    expect(await childrenOf(running.child.pid)).toEqual([]);
  });
});

/** Living processes whose parent that one is. */
async function childrenOf(parent: number | undefined): Promise<number[]> {
  const ps = spawn('ps', ['-o', 'pid=', '--ppid', String(parent)], { stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  ps.stdout.on('data', (chunk) => void (out += String(chunk)));
  await once(ps, 'close');
  return out.trim().split(/\s+/).filter(Boolean).map(Number);
}
