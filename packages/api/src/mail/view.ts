import { type OutgoingMail, outgoingMail } from '@koreromai/contract';
import { idOf, type mailPage } from '@koreromai/db';
import { isoOf } from '../users/view.ts';

export function mailView(row: Awaited<ReturnType<typeof mailPage>>[number]): OutgoingMail {
  const { kind, state } = outgoingMail.shape;
  return {
    id: idOf(row.id),
    to: row.email,
    kind: kind.parse(row.kind),
    state: state.parse(row.state),
    attempts: row.attempts,
    createdAt: isoOf(row.created_at),
    dueAt: row.state === 'queued' ? isoOf(row.run_after) : null,
    sentAt: row.sent_at === null ? null : isoOf(row.sent_at),
    reason: row.last_error,
  };
}
