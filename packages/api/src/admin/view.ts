import { type AdminUser, type AuditEntry, auditEntry } from '@koreromai/contract';
import { type auditPage, type GovernedRow, idOf, lastSeen, type Reader } from '@koreromai/db';
import { isoOf, roleOf, userView } from '../users/view.ts';

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

/** People as those see them who run the instance; addresses are for admins alone. */
export async function governedViews(
  read: Reader,
  viewer: 'moderator' | 'admin',
  rows: readonly Omit<GovernedRow, 'by'>[],
): Promise<AdminUser[]> {
  const seen = new Map(
    (
      await lastSeen(
        read,
        rows.map((r) => r.id),
      )
    ).map((s) => [idOf(s.user_id), s.at]),
  );
  return rows.map((row) => {
    const at = seen.get(idOf(row.id));
    return {
      ...userView(row.id, row),
      email: viewer === 'admin' ? row.email : null,
      role: roleOf(row.role),
      suspended: row.suspended_at !== null,
      lastSeenAt: at === undefined ? null : isoOf(Number(at)),
    };
  });
}
