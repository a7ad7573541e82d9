import type { Conversation, Member, Role, Self } from '@koreromai/contract';

const rank: Readonly<Record<Role, number>> = { owner: 2, admin: 1, member: 0 };

/** Who renames a group and adds to it, as the server decides it: buttons that would be refused are not shown. */
export const managesGroup = ({ kind, myRole, addPolicy }: Conversation): boolean =>
  kind === 'group' && (myRole === 'owner' || addPolicy === 'members' || (addPolicy === 'admins' && myRole === 'admin'));

/** One removes those below oneself only (M7). */
export const mayRemove = ({ kind, myRole }: Conversation, member: Member): boolean =>
  kind === 'group' && myRole !== null && rank[myRole] > rank[member.role];

/** In a direct chat and a group everybody pins; in rooms those who keep them. */
export const mayPin = ({ kind, myRole, state }: Conversation, me: Pick<Self, 'role'>): boolean =>
  state === 'open' && (kind !== 'room' || (myRole ?? 'member') !== 'member' || me.role !== 'user');
