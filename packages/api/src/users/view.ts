import { isoOf as instant, type Profile, type Self, type User } from '@koreromai/contract';
import { type AccountRow, contactsAmong, idOf, type PersonRow, roleNow } from '@koreromai/db';
import type { Services } from '../services.ts';

export const isoOf = (ms: number): string => instant(Number(ms));

/** `bot` is null where a join found nobody. */
type Shown = Omit<PersonRow, 'id' | 'bot'> & { readonly bot: number | null };

/** What anyone may see of a person. A deleted one keeps their place, not their name. */
export function userView(id: Buffer, row: Shown): User {
  const gone = row.deleted_at !== null;
  return {
    id: idOf(id),
    username: row.username,
    name: gone ? 'Deleted user' : row.name,
    bio: gone ? '' : row.bio,
    avatarUrl: gone || row.avatar_id === null ? null : avatarPath(idOf(id), row.avatar_id),
    bot: Number(row.bot) === 1,
    createdAt: isoOf(row.created_at),
  };
}

const authors = new WeakMap<AccountRow, User>();

/** The same of whoever calls. Their row is kept for as long as nothing of it changes, and what they say shows them every time. */
export function authorView(account: AccountRow): User {
  const known = authors.get(account);
  if (known) return known;
  const view = userView(account.id, account);
  authors.set(account, view);
  return view;
}

/** The few letters at the end make a new picture a new address for every cache; they tell nothing that would open the file. */
const avatarPath = (userId: string, avatarId: Buffer) => `/api/v1/users/${userId}/avatar?v=${Buffer.from(avatarId).toString('hex', 12)}`;

/**
 * People as one reader sees them: with the address where the instance's `emailVisibility` allows it (E4, K2). The one
 * place that shows another person's address; events never carry one, because they are the same for everyone.
 */
export async function profileViews(services: Services, viewerId: string, rows: readonly AccountRow[]): Promise<Profile[]> {
  const { read, settings } = services;
  const { emailVisibility } = settings.current;
  const others = rows.map((row) => idOf(row.id)).filter((id) => id !== viewerId);
  const everyone = others.length > 0 && (emailVisibility === 'everyone' || (await roleNow(read, viewerId)) === 'admin');
  const contacts = !everyone && emailVisibility === 'contacts' ? await contactsAmong(read, viewerId, others) : new Set<string>();
  return rows.map((row) => {
    const id = idOf(row.id);
    const shown = row.email !== null && (id === viewerId || everyone || contacts.has(id));
    return { ...userView(row.id, row), ...(shown && row.email !== null ? { email: row.email } : {}) };
  });
}

/** What a person sees of themselves. */
export const selfView = (row: AccountRow): Self => ({ ...userView(row.id, row), email: row.email ?? '', role: roleOf(row.role) });

export const roleOf = (role: string): Self['role'] => (role === 'admin' || role === 'moderator' ? role : 'user');
