import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, type OpenOptions, openDatabase } from '@koreromai/db';
import { createConnection } from 'mysql2/promise';
import { describe } from 'vitest';

export type Dialect = 'sqlite' | 'mysql';

export interface FreshDatabase extends AsyncDisposable {
  readonly url: string;
  /** Opens it, migrated. Close what you open before the database is disposed. */
  open(options?: OpenOptions): Promise<Db>;
}

/** An empty database of that kind, gone when it is disposed. MySQL lives at TEST_MYSQL_URL. */
export async function freshDatabase(dialect: Dialect): Promise<FreshDatabase> {
  if (dialect === 'sqlite') {
    const dir = mkdtempSync(join(tmpdir(), 'koreromai-test-'));
    const url = `sqlite:${join(dir, 'test.db')}`;
    return {
      url,
      open: (options) => openDatabase(url, options),
      [Symbol.asyncDispose]: async () => rmSync(dir, { recursive: true, force: true }),
    };
  }
  const server = process.env.TEST_MYSQL_URL;
  if (!server) throw new Error('TEST_MYSQL_URL is not set, so there is no MySQL to make a database on.');
  const name = `test_${process.pid}_${crypto.randomUUID().slice(0, 8)}`;
  const url = `${server.replace(/\/+$/, '')}/${name}`;
  return {
    url,
    open: (options) => openDatabase(url, options),
    async [Symbol.asyncDispose]() {
      const connection = await createConnection(server);
      await connection.query(`drop database if exists \`${name}\``);
      await connection.end();
    },
  };
}

/** Runs the same suite on SQLite and on MySQL. Without TEST_MYSQL_URL the second is skipped by name, and under CI it fails. */
export function eachDatabase(name: string, suite: (dialect: Dialect) => void): void {
  describe(`${name} [sqlite]`, () => suite('sqlite'));
  onMySql(name, () => suite('mysql'));
}

/** Runs a suite on MySQL alone: what several processes share. Skipped and failing as above. */
export function onMySql(name: string, suite: () => void): void {
  const missing = !process.env.TEST_MYSQL_URL;
  if (missing && process.env.CI)
    throw new Error('TEST_MYSQL_URL is not set: under CI both databases are tested. Run .ci/run, or start a MySQL and set it.');
  describe.skipIf(missing)(`${name} [mysql]`, suite);
}
