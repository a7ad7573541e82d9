import type { Connection, RowDataPacket } from 'mysql2/promise';
import { DatabaseUnusable } from './instance.ts';

/** MariaDB answers to the same driver, but not to all of our SQL, and to some of it with something else: see docs/decisions/0029-no-mariadb.md. */
export const noMariaDb = 'KoreroMai does not run on MariaDB: name a MySQL server or an SQLite file.';

/** Throws DatabaseUnusable where the server, whatever scheme named it, is no MySQL. */
export async function mustBeMySql(connection: Pick<Connection, 'query'>): Promise<void> {
  const [[row]] = await connection.query<RowDataPacket[]>('select version() as version');
  if (/mariadb/i.test(String(row?.version))) throw new DatabaseUnusable(noMariaDb);
}
