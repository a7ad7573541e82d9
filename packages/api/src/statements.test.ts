import { type Dialect, eachDatabase } from '@koreromai/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { appRouter } from './root.ts';
import { createCast } from './test/cast.ts';
import { asked, waysToAsk } from './test/reads.ts';
import { listenTo } from './test/statements.ts';

/** Of a read procedure, with what its base procedure asks; the session is looked up by the transport. */
const most = 4;

const procedures: Record<string, unknown> = appRouter._def.procedures;
const queries = Object.keys(procedures).filter((path) => (procedures[path] as { _def: { type: string } })._def.type === 'query');

describe('the queries of the router', () => {
  test('each has an entry, and each entry is a query', () => expect(asked.toSorted()).toEqual(queries.toSorted()));
});

eachDatabase('statements', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'rangi']);
  let ear: ReturnType<typeof listenTo>;
  beforeAll(() => {
    ear = listenTo(cast.world.db);
  });

  test.each(queries)('R6: %s answers in at most four statements', async (path) => {
    for (const ask of await waysToAsk(path, cast)) {
      const statements = await ear.during(ask);
      expect(statements.length, statements.map((s) => s.sql.slice(0, 200)).join('\n')).toBeLessThanOrEqual(most);
    }
  });
});
