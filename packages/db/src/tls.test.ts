import { freshDatabase, onMySql } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { tlsOf } from './url.ts';

onMySql('a database that is reached over TLS', () => {
  test('K7: with ?ssl= every connection is encrypted, the reads of the ORM like the lane’s writes; without it none is', async () => {
    await using database = await freshDatabase('mysql');
    const encrypted = `${database.url}?ssl=${encodeURIComponent('{"rejectUnauthorized":false}')}`; // a test server vouches for itself
    for (const [url, expected] of [
      [encrypted, /^TLS_/],
      [database.url, /^$/],
    ] as const) {
      const db = await openDatabase(url);
      const engine = db.engine();
      try {
        const [read] = await db.orm.em.fork().execute<{ Value: string }[]>("show session status like 'Ssl_cipher'");
        expect(read?.Value, 'the ORM').toMatch(expected);
        const table = 'performance_schema`.`session_status' as never; // none of ours
        const { found } = await engine.begin([], [{ table, columns: ['VARIABLE_VALUE'], by: ['VARIABLE_NAME'], keys: [['Ssl_cipher']] }]);
        expect(found[0]?.[0]?.VARIABLE_VALUE, 'the lane').toMatch(expected);
        await engine.rollback();
      } finally {
        await engine.close();
        await db.close();
      }
    }
  });

  test('K7: a certificate that nobody known vouches for is refused', async () => {
    await using database = await freshDatabase('mysql');
    await expect(openDatabase(`${database.url}?ssl=${encodeURIComponent('{}')}`)).rejects.toThrow(/self[- ]signed|certificate/i);
  });
});

test('what ?ssl= says is a profile by name or an object', () => {
  expect(tlsOf('mysql://h/d?ssl=Amazon%20RDS')).toEqual({ ssl: 'Amazon RDS' });
  expect(tlsOf('mysql://h/d?ssl=%7B%22ca%22%3A%22x%22%7D')).toEqual({ ssl: { ca: 'x' } });
  expect(tlsOf('mysql://h/d')).toEqual({});
});
