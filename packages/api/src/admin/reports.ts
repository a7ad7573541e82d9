import { pageInput, pageOf, Refusal, type Report, report, reportRef, resolveReportInput } from '@koreromai/contract';
import {
  bytesOf,
  conversationsById,
  idOf,
  locked,
  lookup,
  type PersonReportRow,
  peopleById,
  personReportById,
  personReportPage,
  type Reader,
  type ReportRow,
  reportById,
  reportPage,
} from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { z } from 'zod';
import { messageDeleted } from '../messages/delete.ts';
import { paged } from '../page.ts';
import { limited, moderator } from '../trpc.ts';
import { isoOf, userView } from '../users/view.ts';
import { type Act, actOf, actorMay, actorRole, audit } from './audit.ts';

/** Reported messages, and nothing else of the conversations they stand in, and reported people. */
export const listReports = moderator
  .meta({ rest: { method: 'GET', path: '/admin/reports', summary: 'List what was reported: messages and people' } })
  .input(z.strictObject(pageInput))
  .output(pageOf(report))
  .query(async ({ ctx, input }) => {
    const { read, seal } = ctx.services;
    const page = await paged({
      seal,
      list: `reports ${ctx.caller.id}`,
      key: z.string(),
      ...{ cursor: input.cursor, limit: input.limit },
      rows: async (after, count) =>
        inOrder(await reportPage(read, after, count), await personReportPage(read, after, count)).slice(0, count),
      keyOf: (row) => idOf(row.id),
    });
    return { ...page, items: await reportViews(read, page.items) };
  });

/** Notes that somebody has looked, or that somebody must look again. */
export const resolveReport = moderator
  .meta({
    rest: { method: 'PATCH', path: '/admin/reports/{id}', params: { id: 'reportId' }, summary: 'Resolve a report, or open it again' },
  })
  .use(limited('change'))
  .input(resolveReportInput)
  .output(report)
  .mutation(async ({ ctx, input }) => {
    const { lane, read } = ctx.services;
    await lane.change(reportResolved, { act: actOf(ctx), ...input });
    const row = (await reportById(read, input.reportId)) ?? (await personReportById(read, input.reportId));
    const [view] = row ? await reportViews(read, [row]) : [];
    if (view === undefined) throw new Refusal('NOT_FOUND');
    return view;
  });

/** Deletes a reported message for everyone, wherever it stands. */
export const deleteReported = moderator
  .meta({
    rest: {
      method: 'DELETE',
      path: '/admin/reports/{id}/message',
      params: { id: 'reportId' },
      summary: 'Delete a reported message for everyone',
    },
  })
  .use(limited('change'))
  .input(reportRef)
  .output(z.void())
  .mutation(async ({ ctx, input }) => {
    const { lane, read } = ctx.services;
    const row = await reportById(read, input.reportId);
    const [conversation] = row ? await conversationsById(read, [idOf(row.conversation_id)]) : [];
    if (!row || !conversation) throw new Refusal('NOT_FOUND');
    const kind = conversation.kind === 'room' || conversation.kind === 'direct' ? conversation.kind : 'group';
    const place = { messageId: idOf(row.message_id), conversationId: idOf(row.conversation_id), kind } as const;
    await lane.change(messageDeleted, { ...place, actorId: ctx.caller.id, moderating: true, address: ctx.address });
  });

const reportResolved = changeKind<{ act: Act; reportId: string; resolved: boolean }, void>()({
  name: 'report.resolved',
  alone: true,
  streams: () => [],
  lookups: (inputs) => ({
    actor: actorRole(inputs.map((i) => i.act)),
    reports: locked(
      lookup(
        'report',
        ['resolved_at'],
        ['id'],
        inputs.map((i) => [bytesOf(i.reportId)]),
      ),
    ),
    people: locked(
      lookup(
        'person_report',
        ['resolved_at'],
        ['id'],
        inputs.map((i) => [bytesOf(i.reportId)]),
      ),
    ),
  }),
  facts: (found) => found,
  decide({ act, reportId, resolved }, { actor, reports, people }, draft) {
    const row = reports[0] ?? people[0];
    if (!row) throw new Refusal('NOT_FOUND');
    actorMay(act, actor, 'moderator');
    if (resolved === (row.resolved_at !== null)) return;
    const by = resolved && act.actorId !== null ? bytesOf(act.actorId) : null;
    const table = reports[0] ? 'report' : 'person_report';
    draft.update(table, { resolved_at: resolved ? draft.now : null, resolved_by: by }, { id: bytesOf(reportId) });
    audit(draft, act, { action: 'report.resolved', target: reportId, detail: { resolved } });
  },
});

type AnyRow = ReportRow | PersonReportRow;

const inOrder = (messages: readonly ReportRow[], people: readonly PersonReportRow[]): AnyRow[] =>
  [...messages, ...people].sort((a, b) => (idOf(a.id) < idOf(b.id) ? -1 : 1));

async function reportViews(read: Reader, rows: readonly AnyRow[]): Promise<Report[]> {
  const about = (row: AnyRow) => idOf('user_id' in row ? row.user_id : row.author_id);
  const ids = [...new Set(rows.flatMap((r) => [about(r), idOf(r.reporter_id)]))];
  const people = new Map((await peopleById(read, ids)).map((p) => [idOf(p.id), userView(p.id, p)]));
  return rows.flatMap((row): Report[] => {
    const person = people.get(about(row));
    const reporter = people.get(idOf(row.reporter_id));
    if (!person || !reporter) return [];
    const resolvedAt = row.resolved_at === null ? null : isoOf(row.resolved_at);
    const told = { id: idOf(row.id), reporter, reason: row.reason, createdAt: isoOf(row.created_at), resolvedAt };
    if ('user_id' in row) return [{ ...told, kind: 'person', person }];
    const place = { id: idOf(row.message_id), conversationId: idOf(row.conversation_id) };
    return [{ ...told, kind: 'message', message: { ...place, author: person, text: row.text, createdAt: isoOf(row.written_at) } }];
  });
}
