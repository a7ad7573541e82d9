import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

const reported = (read: Reader) =>
  read
    .selectFrom('report as r')
    .innerJoin('message as m', 'm.id', 'r.message_id')
    .select(['r.id', 'r.reporter_id', 'r.reason', 'r.created_at', 'r.resolved_at'])
    .select(['m.id as message_id', 'm.conversation_id', 'm.author_id', 'm.text', 'm.created_at as written_at']);

export type ReportRow = Awaited<ReturnType<ReturnType<typeof reported>['execute']>>[number];

/** What was reported, by the report's id, which tells nothing of its age. */
export function reportPage(read: Reader, after: string | null, limit: number): Promise<ReportRow[]> {
  const query = reported(read).orderBy('r.id').limit(limit);
  return (after === null ? query : query.where('r.id', '>', bytesOf(after))).execute();
}

export const reportById = (read: Reader, id: string): Promise<ReportRow | undefined> =>
  reported(read).where('r.id', '=', bytesOf(id)).executeTakeFirst();

const reportedPeople = (read: Reader) =>
  read.selectFrom('person_report as r').select(['r.id', 'r.user_id', 'r.reporter_id', 'r.reason', 'r.created_at', 'r.resolved_at']);

export type PersonReportRow = Awaited<ReturnType<ReturnType<typeof reportedPeople>['execute']>>[number];

/** Who was reported, in the order of `reportPage`. */
export function personReportPage(read: Reader, after: string | null, limit: number): Promise<PersonReportRow[]> {
  const query = reportedPeople(read).orderBy('r.id').limit(limit);
  return (after === null ? query : query.where('r.id', '>', bytesOf(after))).execute();
}

export const personReportById = (read: Reader, id: string): Promise<PersonReportRow | undefined> =>
  reportedPeople(read).where('r.id', '=', bytesOf(id)).executeTakeFirst();
