import { type AdminUser, type AuditEntry, type AuditOnly, auditEntry } from '@koreromai/contract';
import { auditPage, type GovernedRow, idOf, lastSeen, type Reader, signInPage } from '@koreromai/db';
import { isoOf, roleOf, userView } from '../users/view.ts';

/** What was done and who came in, in one list: ids of both sort by birth. */
export async function auditEntries(read: Reader, only: AuditOnly | undefined, before: string | null, count: number): Promise<AuditEntry[]> {
  const [acts, signIns] = await Promise.all([
    only === 'signIns' ? [] : auditPage(read, before, count),
    only === 'acts' ? [] : signInPage(read, before, count),
  ]);
  const entries = [...acts.map(actView), ...signIns.map(signInView)];
  return entries.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, count);
}

type AuditRow = Awaited<ReturnType<typeof auditPage>>[number];
type SignInRow = Awaited<ReturnType<typeof signInPage>>[number];

const actView = (row: AuditRow): AuditEntry => ({
  id: idOf(row.id),
  actor: personOf(row.actor_id, row),
  action: auditEntry.shape.action.parse(row.action),
  targetId: row.target_id === null ? null : idOf(row.target_id),
  detail: auditEntry.shape.detail.parse(JSON.parse(row.detail)),
  address: row.address,
  at: isoOf(row.at),
});

const signInView = (row: SignInRow): AuditEntry => {
  const opened = row.outcome === 'opened';
  return {
    id: idOf(row.id),
    actor: opened ? personOf(row.user_id, row) : null, // who was refused may be anybody
    action: opened ? 'session.opened' : 'session.refused',
    targetId: row.user_id === null ? null : idOf(row.user_id),
    detail: { device: row.device, ...(opened ? {} : { code: row.outcome }) },
    address: row.address,
    at: isoOf(row.at),
  };
};

type Joined = Pick<AuditRow, 'username' | 'name' | 'bio' | 'avatar_id' | 'bot' | 'created_at' | 'deleted_at'>;

/** Null for nobody, and where the row of the person is not there. */
function personOf(id: Buffer | null, { username, name, bio, avatar_id, bot, created_at, deleted_at }: Joined): AuditEntry['actor'] {
  const known = id !== null && username !== null && name !== null && bio !== null && created_at !== null;
  return known ? userView(id, { username, name, bio, avatar_id, bot, created_at, deleted_at }) : null;
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
