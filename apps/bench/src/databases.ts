import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@koreromai/db';
import { createConnection } from 'mysql2/promise';

/** Where a scenario runs. MySQL's is the server's URL without a database. */
export type Place = { readonly kind: 'sqlite' } | { readonly kind: 'mysql'; readonly server: string };

/** A migrated database of the bench's own, gone with everything in it when it is disposed. */
export interface Temporary extends AsyncDisposable {
  readonly place: Place;
  readonly url: string;
  /** SQLite's file, or the name of MySQL's database. */
  readonly name: string;
  /** A folder beside it for whatever the run needs. */
  readonly folder: string;
}

export async function temporaryDatabase(place: Place): Promise<Temporary> {
  const folder = mkdtempSync(join(tmpdir(), 'koreromai-bench-'));
  const name = place.kind === 'sqlite' ? join(folder, 'bench.db') : `bench_${process.pid}_${crypto.randomUUID().slice(0, 8)}`;
  const url = place.kind === 'sqlite' ? `sqlite:${name}` : `${place.server.replace(/\/+$/, '')}/${name}`;
  await (await openDatabase(url)).close();
  return {
    place,
    url,
    name,
    folder,
    async [Symbol.asyncDispose]() {
      if (place.kind === 'mysql') {
        const connection = await createConnection(place.server);
        await connection.query(`drop database if exists \`${name}\``);
        await connection.end();
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
