import type { Connection } from 'mysql2/promise';
import { expect, test } from 'vitest';
import { DatabaseUnusable } from './instance.ts';
import { mustBeMySql } from './server.ts';
import { parseDatabaseUrl } from './url.ts';

const refused = /^KoreroMai does not run on MariaDB: name a MySQL server or an SQLite file\.$/;
const serverThatIs = (version: string) => ({ query: async () => [[{ version }], []] }) as unknown as Pick<Connection, 'query'>;

test.each(['mariadb://root@localhost:3306/chat', 'mariadb://me:hunter2@host/chat?ssl=%7B%7D'])('%s is refused in a sentence', (url) => {
  expect(() => parseDatabaseUrl(url)).toThrow(refused);
});

test.each(['10.11.19-MariaDB-0+deb12u1', '5.5.5-10.6.1-MariaDB-log', '12.0.2-MariaDB'])(
  'a server that is %s is refused, though mysql:// named it',
  async (version) => {
    const opening = mustBeMySql(serverThatIs(version));
    await expect(opening).rejects.toThrow(refused);
    await expect(opening).rejects.toBeInstanceOf(DatabaseUnusable);
  },
);

test.each(['8.4.6', '9.7.4', '8.0.43-0ubuntu0.24.04.1', '8.0.mysql_aurora.3.10.0'])('a server that is %s is taken', async (version) => {
  await expect(mustBeMySql(serverThatIs(version))).resolves.toBeUndefined();
});
