import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppRouter, quickHashing } from '@koreromai/api';
import { openDatabase } from '@koreromai/db';
import { type Dialect, freshDatabase } from '@koreromai/testing';
import type { inferRouterOutputs } from '@trpc/server';
import { WebSocket } from 'ws';
import type { Settings } from '../env/env.ts';
import { type ServeOptions, serve } from '../server.ts';
import { call, type Reply } from './http.ts';
import { openSocket } from './socket.ts';

export type Out = inferRouterOutputs<AppRouter>;

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly token: string;
}

interface Options extends Partial<Settings> {
  readonly dialect?: Dialect;
  readonly serve?: Partial<ServeOptions>;
}

/** A real server on a free port over a fresh database, with rate limits off unless asked for. Gone when it is disposed. */
export async function startServer({ dialect = 'sqlite', serve: seams = {}, ...settings }: Options = {}) {
  const database = settings.databaseUrl === undefined ? await freshDatabase(dialect) : null;
  const folder = mkdtempSync(join(tmpdir(), 'koreromai-server-'));
  const faults: unknown[] = [];
  const running = await serve(
    {
      port: 0,
      host: '127.0.0.1',
      dataDir: folder,
      redisUrl: null,
      smtpUrl: null,
      mailFrom: 'KoreroMai <chat@example.nz>',
      storageUrl: `file:${join(folder, 'files')}`,
      databaseUrl: database?.url ?? '',
      publicUrl: 'http://localhost:0',
      trustedProxies: [],
      corsOrigins: [],
      rateLimits: false,
      logLevel: 'silent',
      metricsToken: null,
      linkPreviews: false,
      seeds: {},
      web: false,
      demo: false,
      ...settings,
    },
    { onFault: (error) => void faults.push(error), webRoot: null, pollEvery: 60_000, hashing: quickHashing, webhooks: null, ...seams },
  );
  const { port, services } = running;
  const url = `http://127.0.0.1:${port}`;

  async function signUp(name: string): Promise<Person> {
    const person = { name, email: `${name}@example.nz`, password: `correct horse ${name}` };
    const reply = await call(url, 'auth.signUp', person);
    const { user, token } = reply.data as Out['auth']['signUp'];
    return { ...person, id: user.id, token };
  }

  /** Calls and expects it to go well. */
  async function ok<Data>(path: string, input: unknown, who: Person): Promise<Data> {
    const reply: Reply = await call(url, path, input, { token: who.token });
    if (reply.status !== 200) throw new Error(`${path} answered ${reply.status} ${reply.code}.`);
    return reply.data as Data;
  }

  return {
    ...running,
    url,
    /** An origin that is ours. */
    origin: `http://localhost:${port}`,
    /** Holds the files and what is being uploaded. */
    folder,
    faults,
    databaseUrl: database?.url ?? settings.databaseUrl ?? '',
    signUp,
    people: <const N extends readonly string[]>(...names: N) =>
      Promise.all(names.map(signUp)) as Promise<{ -readonly [K in keyof N]: Person }>,
    ok,
    call: (path: string, input?: unknown, who?: Person) => call(url, path, input, who ? { token: who.token } : {}),
    group: async (owner: Person, others: readonly string[], name = 'Whānau') => {
      const made = await ok<Out['conversations']['create']>('conversations.create', { kind: 'group', people: others, name }, owner);
      if (made.status === 'pending') throw new Error('A group is never pending as a whole.');
      return made.conversation;
    },
    /** A socket that has been let in as `who`. */
    socket: (who: Person) =>
      openSocket(new WebSocket(`ws://127.0.0.1:${port}/trpc`, { headers: { authorization: `Bearer ${who.token}` } })),
    /** Everything the database holds that a call could change, as text. */
    async state(): Promise<string> {
      await services.jobs.idle(); // what goes on behind an answer is part of it
      const tables = [
        'user',
        'session',
        'conversation',
        'span',
        'room_count',
        'member_state',
        'invitation',
        'stream',
        'log_head',
        'event',
        'message',
        'counter',
        'setting',
        'handle',
        'user_word',
        'audit',
        'hook',
        'webhook',
        'webhook_delivery',
      ] as const;
      const rows = await Promise.all(tables.map((table) => services.read.selectFrom(table).selectAll().execute()));
      const plain = (value: unknown) => (Buffer.isBuffer(value) ? value.toString('base64url') : String(value));
      return rows
        .map((table) =>
          table
            .map((row) =>
              Object.entries(row)
                .map(([column, value]) => (column === 'last_seen_at' ? '' : plain(value))) // being seen is not what the call was for
                .join('|'),
            )
            .toSorted()
            .join('\n'),
        )
        .join('\n\n');
    },
    head: () => services.log.head(),
    async [Symbol.asyncDispose]() {
      await running.close();
      rmSync(folder, { recursive: true, force: true });
      await database?.[Symbol.asyncDispose]();
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof startServer>>;

/** Opens the database of a closed server again, to look at it. */
export const reopen = (url: string) => openDatabase(url);
