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
    avatarUrl: gone || row.avatar_id === null ? null : avatarPath(idOf(id), row.avatar_id),
    createdAt: isoOf(row.created_at),
  };
}

/** The few letters at the end make a new picture a new address for every cache; they tell nothing that would open the file. */
const avatarPath = (userId: string, avatarId: Buffer) => `/api/v1/users/${userId}/avatar?v=${Buffer.from(avatarId).toString('hex', 12)}`;

/** What a person sees of themselves. */
export const selfView = (row: AccountRow): Self => ({ ...userView(row.id, row), email: row.email ?? '', role: roleOf(row.role) });

export const roleOf = (role: string): Self['role'] => (role === 'admin' || role === 'moderator' ? role : 'user');
