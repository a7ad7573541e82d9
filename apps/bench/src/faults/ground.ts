import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dialect, freshDatabase } from '@koreromai/testing';
import { freePort, type ServerProcess, startServer } from './server.ts';

/** A database, a folder and a port for one run; servers come and go on it. */
export interface Ground extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly port: number;
  readonly url: string;
  start(failAt?: string): Promise<ServerProcess>;
}

export async function prepareGround(dialect: Dialect): Promise<Ground> {
  const database = await freshDatabase(dialect);
  const dataDir = mkdtempSync(join(tmpdir(), 'koreromai-faults-'));
  const port = await freePort();
  let last: ServerProcess | null = null;
  return {
    databaseUrl: database.url,
    port,
    url: `http://127.0.0.1:${port}`,
    async start(failAt) {
      last = await startServer({ port, dataDir, databaseUrl: database.url, ...(failAt ? { failAt } : {}) });
      return last;
    },
    async [Symbol.asyncDispose]() {
      await last?.kill(); // a run that failed half-way leaves none behind
      await database[Symbol.asyncDispose]();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
