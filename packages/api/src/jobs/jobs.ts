import { type Claim, type Db, idOf, type JobRow, jobsDue } from '@koreromai/db';
import type { Lane } from '@koreromai/realtime';
import { jobMoved } from './changes.ts';

export interface Job {
  readonly id: string;
  readonly subject: string | null;
  /** What the step before gave, or what it was queued with. */
  readonly data: unknown;
}

/** One bounded step of a job: a change or a few. Says that all is done, or what the next step begins with. Must bear being repeated. */
export type JobKind = (job: Job) => Promise<'done' | { data: unknown }>;

export interface Jobs {
  /** Something was queued: look now rather than at the next beat. */
  wake(): void;
  /** Resolves when nothing that is due is left to this process. */
  idle(): Promise<void>;
  /** Ends behind the step under way. What is left goes on at the next start, or in another process. */
  close(): Promise<void>;
}

interface Options {
  readonly db: Pick<Db, 'read' | 'claim'>;
  readonly lane: Lane;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds between looks at the table. */
  readonly every: number;
}

const atOnce = 20;
const longestWait = 600_000;

/** Works off the table `job`, step by step, in one process at a time: whoever has the claim. A killed one is continued by the next. */
export function createJobs({ db, lane, kinds, now, onFault, every }: Options): Jobs {
  let claim: Claim | null = null;
  let working: Promise<void> | null = null;
  let again = false;
  let closed = false;

  const wake = () => {
    again = true;
    if (!closed) working ??= work();
  };
  const timer = setInterval(wake, every).unref();

  async function work(): Promise<void> {
    try {
      while (again && !closed) {
        again = false;
        for (let due = await take(); due.length > 0 && !closed; due = await take()) for (const row of due) if (!closed) await step(row);
      }
    } catch (error) {
      onFault(error); // the database is away: the next beat tries again
    }
    working = null; // in the same breath as the look at `again`: nobody who wakes it in between is overheard
  }

  async function take(): Promise<JobRow[]> {
    const due = await jobsDue(db.read, now(), atOnce);
    if (due.length === 0) return due;
    if (claim && !claim.held) {
      await claim.release();
      claim = null;
    }
    claim ??= await db.claim('jobs');
    return claim === null ? [] : due; // another process is at it
  }

  async function step(row: JobRow): Promise<void> {
    const id = idOf(row.id);
    try {
      const kind = kinds.get(row.kind);
      if (!kind) throw new Error(`A job of the kind ${row.kind} waits, which this version does not know.`);
      const subject = row.subject_id === null ? null : idOf(row.subject_id);
      const to = await kind({ id, subject, data: JSON.parse(row.data) as unknown });
      await lane.change(jobMoved, { id, to });
    } catch (error) {
      onFault(error);
      const wait = Math.min(longestWait, 1_000 * 2 ** row.attempts);
      await lane.change(jobMoved, { id, to: { attempts: row.attempts + 1, wait } });
    }
  }

  wake(); // what was left when the last process ended
  return {
    wake,
    async idle() {
      wake();
      while (working !== null) await working;
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await working;
      await claim?.release();
    },
  };
}
