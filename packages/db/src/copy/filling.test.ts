import { freshDatabase } from '@koreromai/testing';
import { createConnection } from 'mysql2/promise';
import { expect, test } from 'vitest';
import { parseDatabaseUrl } from '../url.ts';
import { fillingConnection } from './target.ts';

test.skipIf(!process.env.TEST_MYSQL_URL)(
  'who fills a database waits for the server to let go of the connection that filled it before',
  async () => {
    await using database = await freshDatabase('mysql');
    const db = await database.open();
    const url = parseDatabaseUrl(database.url);
    if (url.dialect !== 'mysql') throw new Error('This is about MySQL.');
    const before = await fillingConnection(url);
    const next = fillingConnection(url);
    const watching = await createConnection({ uri: url.href });
    const waits = async () => {
      const [rows] = await watching.query(
        "select 1 from performance_schema.threads where processlist_state = 'User lock' and processlist_db = ?",
        [url.name],
      );
      return Array.isArray(rows) && rows.length > 0;
    };
    while (!(await waits())) await Promise.race([next, new Promise((turn) => setImmediate(turn))]);
    before.destroy();
    const connection = await next;
    expect((await connection.query('select 1 as one'))[0]).toEqual([{ one: 1 }]);
    await connection.end();
    await watching.end();
    await db.close();
  },
);
