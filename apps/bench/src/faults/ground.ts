import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dialect, freshDatabase } from '@koreromai/testing';
import { freePort, type ServerProcess, startServer } from './server.ts';

export interface GroundOptions {
  /** A database of the scenario's own. */
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  /** How many servers can run beside each other. */
  readonly nodes?: number;
  /** Where the data lie; the caller's to remove. */
  readonly dataDir?: string;
  /** Where a server finds its database and Redis, when it is not to go there straight. */
  readonly detour?: (node: number, straight: Reach) => Reach;
}

/** Where a server finds what it needs. */
export interface Reach {
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
}

/** A database, a folder and ports for one run; servers come and go on it. */
export interface Ground extends AsyncDisposable {
  readonly databaseUrl: string;
  /** Where the first server is, or all of them. */
  readonly port: number;
  readonly url: string;
  readonly urls: readonly string[];
  start(failAt?: string, node?: number): Promise<ServerProcess>;
}

/** The same address by another port of this machine. */
export function through(url: string, port: number): string {
  const other = new URL(url);
  other.hostname = '127.0.0.1';
  other.port = String(port);
  return other.href;
}

export async function prepareGround(dialect: Dialect, options: GroundOptions = {}): Promise<Ground> {
  const { databaseUrl, redisUrl, nodes = 1, detour = (_node, straight) => straight } = options;
  const database = databaseUrl === undefined ? await freshDatabase(dialect) : null;
  const url = databaseUrl ?? database?.url ?? '';
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'koreromai-faults-'));
  const ports: number[] = [];
  for (let n = 0; n < nodes; n++) ports.push(await freePort());
  const running = new Set<ServerProcess>();
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  return {
    databaseUrl: url,
    port: ports[0] ?? 0,
    url: urls[0] ?? '',
    urls,
    async start(failAt, node = 0) {
      const reach = detour(node, { databaseUrl: url, redisUrl });
      const server = await startServer({ port: ports[node] ?? 0, dataDir, ...reach, ...(failAt ? { failAt } : {}) });
      running.add(server);
      void server.gone.then(() => running.delete(server));
      return server;
    },
    async [Symbol.asyncDispose]() {
      for (const server of running) await server.kill(); // a run that failed half-way leaves none behind
      await database?.[Symbol.asyncDispose]();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
