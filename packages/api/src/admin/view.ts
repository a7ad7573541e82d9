import { type AuditEntry, auditEntry } from '@koreromai/contract';
import { type auditPage, idOf } from '@koreromai/db';
import { isoOf, userView } from '../users/view.ts';

type AuditRow = Awaited<ReturnType<typeof auditPage>>[number];

export function auditView({ actor_id, username, name, bio, avatar_id, created_at, deleted_at, ...row }: AuditRow): AuditEntry {
  const known = actor_id !== null && username !== null && name !== null && bio !== null && created_at !== null;
  return {
    id: idOf(row.id),
    actor: known ? userView(actor_id, { username, name, bio, avatar_id, created_at, deleted_at }) : null,
    action: auditEntry.shape.action.parse(row.action),
    targetId: row.target_id === null ? null : idOf(row.target_id),
    detail: auditEntry.shape.detail.parse(JSON.parse(row.detail)),
    address: row.address,
    at: isoOf(row.at),
  };
}
