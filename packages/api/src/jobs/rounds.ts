import type { Claim } from '@koreromai/db';
import PQueue from 'p-queue';

interface Options<Row> {
  /** Of the claim: one process at a time goes these rounds. */
  readonly name: string;
  readonly claim: (name: string) => Promise<Claim | null>;
  /** At most `limit` rows whose time has come, the longest waiting first, but for those of `busy`. */
  readonly due: (busy: readonly string[], limit: number) => Promise<readonly Row[]>;
  readonly keyOf: (row: Row) => string;
  /** For whom it is: each has lines of their own, so that one dead receiver holds up nobody else's. */
  readonly whoseOf: (row: Row) => string;
  /** Sends one and notes what became of it. What it throws is told, and the row is found again. */
  readonly deliver: (row: Row, ending: AbortSignal) => Promise<void>;
  readonly atOnce: number;
  readonly atOnceFor: number;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds between looks for what is due. */
  readonly every: number;
}

export interface Rounds {
  /** Resolves when nothing that is due now is left to this process. */
  idle(): Promise<void>;
  /** Gives up what is on its way: it goes out at the next start, or from another process. Close it before the lane. */
  close(): Promise<void>;
}

/** Works off a table of things to be sent, in one process at a time, some at once. What was sent when the process died, and not noted yet, goes out twice. */
export function createRounds<Row>({ deliver, keyOf, whoseOf, atOnce, atOnceFor, onFault, ...options }: Options<Row>): Rounds {
  const queue = new PQueue({ concurrency: atOnce });
  const ending = new AbortController();
  const most = atOnce * 2; // what waits for a free line may wait here, so that none is idle between two looks
  const under = new Map<string, string>(); // what is on its way, and whose it is
  const ended = new Set<string>(); // what arrived while the table was read: the row that was read may be older than that
  let claim: Claim | null = null;
  let looking: Promise<void> | null = null;

  /** Puts what is due on its way. More is looked for as soon as some of it has arrived. */
  async function look(): Promise<void> {
    if (claim && !claim.held) {
      await claim.release();
      claim = null;
    }
    if (under.size >= most) return;
    const byOwner = Map.groupBy(under.values(), (whose) => whose);
    const busy = [...byOwner].flatMap(([whose, all]) => (all.length >= atOnceFor ? whose : []));
    ended.clear();
    const due = await options.due(busy, most); // those on their way are found again
    if (due.length === 0) return;
    claim ??= await options.claim(options.name);
    if (claim === null) return; // another process is at it
    for (const row of due) {
      const [key, whose] = [keyOf(row), whoseOf(row)];
      const mine = [...under.values()].filter((other) => other === whose).length;
      const known = under.has(key) || ended.has(key);
      if (ending.signal.aborted || known || under.size >= most || mine >= atOnceFor) continue;
      under.set(key, whose);
      const end = () => {
        under.delete(key);
        ended.add(key);
      };
      queue
        .add(async () => {
          if (!ending.signal.aborted) await deliver(row, ending.signal);
        })
        .then(() => {
          end();
          if (under.size <= atOnce) wake();
        })
        .catch((error: unknown) => {
          end(); // the database is away: the next beat tries again
          onFault(error);
        });
    }
  }

  function wake(): void {
    if (ending.signal.aborted) return;
    looking ??= look()
      .catch(onFault)
      .finally(() => {
        looking = null;
      });
  }
  const timer = setInterval(wake, options.every).unref();

  return {
    async idle() {
      for (;;) {
        await looking; // which may have begun too early
        wake();
        await looking;
        if (under.size === 0) return;
        await queue.onIdle();
        await new Promise(setImmediate); // until what arrived is noted
      }
    },
    async close() {
      clearInterval(timer);
      ending.abort();
      await looking;
      await queue.onIdle();
      await claim?.release();
      claim = null;
    },
  };
}
