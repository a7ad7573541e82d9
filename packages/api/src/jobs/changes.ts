import { bytesOf } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';

export interface NewJob {
  /** Made before the change, so that a rerun after a lost answer queues it once. */
  readonly id: string;
  /** A name of `kinds.ts`. */
  readonly kind: string;
  readonly subject?: string;
  readonly data?: unknown;
  /** Milliseconds from now before it begins. */
  readonly after?: number;
}

/** Queues work in the change that makes it necessary: both are there, or neither. Call `jobs.wake()` once it is committed. */
export function queueJob(draft: Draft, job: NewJob): void {
  const row = {
    id: bytesOf(job.id),
    kind: job.kind,
    subject_id: job.subject === undefined ? null : bytesOf(job.subject),
    data: JSON.stringify(job.data ?? null),
    run_after: draft.now + (job.after ?? 0),
    created_at: draft.now,
  };
  draft.insert('job', { ...row, attempts: 0 }, 'ignore');
}

/** Notes what a step has come to: done, to be continued with `data`, or to be tried again after `wait` milliseconds. */
export const jobMoved = changeKind<{ id: string; to: 'done' | { data: unknown } | { attempts: number; wait: number } }, void>()({
  name: 'job.moved',
  alone: false,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide({ id, to }, _facts, draft) {
    const key = { id: bytesOf(id) };
    if (to === 'done') draft.delete('job', key);
    else if ('data' in to) draft.update('job', { data: JSON.stringify(to.data), run_after: draft.now, attempts: 0 }, key);
    else draft.update('job', { attempts: to.attempts, run_after: draft.now + to.wait }, key);
  },
});
