import { AsyncLocalStorage } from 'node:async_hooks';
import type { Db, Reader } from '@koreromai/db';

/** One statement as it went to the database. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * Listens to the reads of a database. `during` gives what one call asked, by itself: what followers, timers and other calls
 * ask meanwhile runs in contexts of their own and is not counted.
 */
export function listenTo(db: Db) {
  const calls = new AsyncLocalStorage<Statement[]>();
  for (const reader of new Set<Reader>([db.read, db.side])) {
    const executor = reader.getExecutor();
    const execute = executor.executeQuery.bind(executor);
    executor.executeQuery = (query, options) => {
      calls.getStore()?.push({ sql: query.sql, parameters: query.parameters });
      return execute(query, options);
    };
  }
  return {
    async during(call: () => Promise<unknown>): Promise<Statement[]> {
      const asked: Statement[] = [];
      await calls.run(asked, call);
      return asked;
    },
  };
}
