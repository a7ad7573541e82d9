import { type Dialect, eachDatabase } from '@koreromai/testing';
import { beforeAll, expect, test } from 'vitest';
import { appRouter } from './root.ts';
import { createCast } from './test/cast.ts';
import { crowd, said } from './test/crowd.ts';
import { tablesWalked } from './test/plan.ts';
import { waysToAsk } from './test/reads.ts';
import { listenTo, type Statement } from './test/statements.ts';

const procedures: Record<string, unknown> = appRouter._def.procedures;
const queries = Object.keys(procedures).filter((path) => (procedures[path] as { _def: { type: string } })._def.type === 'query');

/** From one end of the table in the order of its key, and no further than the page. */
const toThePage = (...tables: string[]) =>
  tables.map((table) => new RegExp(`^${table}: (SCAN \\w+ USING INDEX sqlite_autoindex_${table}_1$|.*"key":"PRIMARY".*"rows":\\d\\d,)`));

/** Walks that are meant, by procedure. */
const allowed: Readonly<Record<string, readonly RegExp[]>> = {
  'admin.audit': toThePage('audit', 'sign_in'),
  'admin.reports': toThePage('report', 'person_report'),
  'admin.users': toThePage('user'),
  'mail.list': toThePage('mail'),
  // All that ever was, of everybody: months, and the days of the month that lasts, which here are most of the days there are.
  // Ranked for a site admin, each of the instance's chats is one of what is ranked; MySQL joins as many of them by reading them all.
  'analytics.topConversations': [/^counter_(month|pentad|day): /, /^conversation: /],
};

eachDatabase('plans', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'rangi']);
  let ear: ReturnType<typeof listenTo>;

  beforeAll(
    async () => {
      const { db, clock, services } = cast.world;
      await crowd(db, clock.now);
      await services.caughtUp();
      await analyse();
      ear = listenTo(db);
    },
    300_000 + 3 * said,
  );

  async function analyse(): Promise<void> {
    const { orm } = cast.world.db;
    if (dialect === 'sqlite') return void (await orm.em.fork().execute('analyze'));
    const tables: { name: string }[] = await orm.em
      .fork()
      .execute("select table_name as name from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE'");
    await orm.em.fork().execute(`analyze table ${tables.map(({ name }) => `\`${name}\``).join(', ')}`);
  }

  test.each(queries)('R6: %s walks through no whole table', async (path) => {
    const asked = new Map<string, Statement>();
    for (const ask of await waysToAsk(path, cast)) for (const one of await ear.during(ask)) asked.set(one.sql, one);
    const walks: string[] = [];
    for (const statement of asked.values()) {
      const found = (await tablesWalked(cast.world.db, statement)).filter((walk) => !allowed[path]?.some((known) => known.test(walk)));
      walks.push(...found.map((walk) => `${walk}\n    in ${statement.sql}`));
    }
    expect(walks, walks.join('\n')).toEqual([]);
  });
});
