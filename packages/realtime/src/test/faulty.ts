import type { Engine } from '@koreromai/db';

type Step = 'begin' | 'commit' | 'commitReply' | 'rollback';

const codes = {
  deadlock: 'ER_LOCK_DEADLOCK',
  timeout: 'ER_LOCK_WAIT_TIMEOUT',
  busy: 'SQLITE_BUSY',
  lost: 'PROTOCOL_CONNECTION_LOST',
  full: 'SQLITE_FULL',
  odd: 'ER_DATA_TOO_LONG',
} as const;

/**
 * An engine that fails as told, once per entry: `begin` and `commit` before the database hears of it,
 * `commitReply` after the database has committed, so that only the answer is lost.
 */
export function faulty(engine: Engine, plan: { at: Step; as: keyof typeof codes }[]): Engine {
  const strike = (at: Step) => {
    if (plan[0]?.at !== at) return;
    const { as } = plan.shift() ?? { as: 'odd' };
    throw Object.assign(new Error(`planned: ${as}`), { code: codes[as] });
  };
  return {
    overlaps: engine.overlaps,
    async begin(locks, lookups) {
      strike('begin');
      return engine.begin(locks, lookups);
    },
    async commit(writes, events, heads) {
      strike('commit');
      const head = await engine.commit(writes, events, heads);
      strike('commitReply');
      return head;
    },
    async rollback() {
      await engine.rollback();
      strike('rollback');
    },
    close: () => engine.close(),
  };
}

/** Notes how many events each committed batch wrote. */
export function counted(engine: Engine, batches: number[]): Engine {
  return {
    overlaps: engine.overlaps,
    begin: (locks, lookups) => engine.begin(locks, lookups),
    async commit(writes, events, heads) {
      const head = await engine.commit(writes, events, heads);
      batches.push(events.length);
      return head;
    },
    rollback: () => engine.rollback(),
    close: () => engine.close(),
  };
}
