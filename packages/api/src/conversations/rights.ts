import { type AddPolicy, Refusal, type Role } from '@koreromai/contract';

const rank: Readonly<Record<Role, number>> = { owner: 2, admin: 1, member: 0 };

/** §2.4: who renames, adds and removes. The owner always; the others as far as the owner lets them. */
export function mayManage(role: Role, policy: AddPolicy): void {
  if (role === 'owner' || policy === 'members' || (policy === 'admins' && role === 'admin')) return;
  throw new Refusal(policy === 'owner' ? 'NOT_OWNER' : 'NOT_ADMIN');
}

/** M7: one removes those below oneself only, so nobody removes the owner. */
export function mayRemove(role: Role, other: Role): void {
  if (role === 'owner' && other === 'owner') throw new Refusal('OWNER_STAYS');
  if (rank[role] > rank[other]) return;
  throw new Refusal(role === 'member' ? 'NOT_ADMIN' : 'NOT_OWNER');
}

/** A stored word as the contract's; whatever is not known there gives the least. */
export const addPolicyOf = (stored: string): AddPolicy => (stored === 'admins' || stored === 'members' ? stored : 'owner');
