import { pageInput, pageOf, Refusal, type Report, report, reportRef, resolveReportInput } from '@koreromai/contract';
import {
  bytesOf,
  conversationsById,
  idOf,
  locked,
  lookup,
  peopleById,
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

/** Reported messages, and nothing else of the conversations they stand in. */
export const listReports = moderator
  .meta({ rest: { method: 'GET', path: '/admin/reports', summary: 'List reported messages' } })
  .input(z.strictObject(pageInput))
  .output(pageOf(report))
  .query(async ({ ctx, input }) => {
    const { read, seal } = ctx.services;
    const page = await paged({
      seal,
      list: `reports ${ctx.caller.id}`,
      key: z.string(),
      ...{ cursor: input.cursor, limit: input.limit },
      rows: (after, count) => reportPage(read, after, count),
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
    const row = await reportById(read, input.reportId);
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
  }),
  facts: (found) => found,
  decide({ act, reportId, resolved }, { actor, reports: [row] }, draft) {
    if (!row) throw new Refusal('NOT_FOUND');
    actorMay(act, actor, 'moderator');
    if (resolved === (row.resolved_at !== null)) return;
    const by = resolved && act.actorId !== null ? bytesOf(act.actorId) : null;
    draft.update('report', { resolved_at: resolved ? draft.now : null, resolved_by: by }, { id: bytesOf(reportId) });
    audit(draft, act, { action: 'report.resolved', target: reportId, detail: { resolved } });
  },
});

async function reportViews(read: Reader, rows: readonly ReportRow[]): Promise<Report[]> {
  const ids = [...new Set(rows.flatMap((r) => [idOf(r.author_id), idOf(r.reporter_id)]))];
  const people = new Map((await peopleById(read, ids)).map((p) => [idOf(p.id), userView(p.id, p)]));
  return rows.flatMap((row) => {
    const author = people.get(idOf(row.author_id));
    const reporter = people.get(idOf(row.reporter_id));
    if (!author || !reporter) return [];
    const place = { id: idOf(row.message_id), conversationId: idOf(row.conversation_id) };
    return {
      id: idOf(row.id),
      message: { ...place, author, text: row.text, createdAt: isoOf(row.written_at) },
      reporter,
      reason: row.reason,
      createdAt: isoOf(row.created_at),
      resolvedAt: row.resolved_at === null ? null : isoOf(row.resolved_at),
    };
  });
}
