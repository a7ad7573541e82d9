import type { Reader } from '../orm.ts';

/** Jobs whose time has come at `now`, the longest waiting first. */
export const jobsDue = (read: Reader, now: number, limit: number) =>
  read
    .selectFrom('job')
    .select(['id', 'kind', 'subject_id', 'data', 'attempts', 'created_at'])
    .where('run_after', '<=', now)
    .orderBy('run_after')
    .limit(limit)
    .execute();

export type JobRow = Awaited<ReturnType<typeof jobsDue>>[number];
