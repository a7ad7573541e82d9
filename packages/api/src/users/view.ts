import type { Self, User } from '@koreromai/contract';
import { type AccountRow, idOf, type PersonRow } from '@koreromai/db';

export const isoOf = (ms: number): string => new Date(Number(ms)).toISOString();

type Shown = Omit<PersonRow, 'id'>;

/** What anyone may see of a person. A deleted one keeps their place, not their name. */
export function userView(id: Buffer, row: Shown): User {
  const gone = row.deleted_at !== null;
  return {
    id: idOf(id),
    username: row.username,
    name: gone ? 'Deleted user' : row.name,
    bio: gone ? '' : row.bio,
    createdAt: isoOf(row.created_at),
  };
}

/** What a person sees of themselves. */
export const selfView = (row: AccountRow): Self => ({ ...userView(row.id, row), email: row.email ?? '', role: roleOf(row.role) });

const roleOf = (role: string): Self['role'] => (role === 'admin' || role === 'moderator' ? role : 'user');
