import { Refusal } from '@koreromai/contract';
import { bytesOf, lookup } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { type Act, audit } from '../admin/audit.ts';
import { adminLock, adminsThere, leavesAnAdmin, shutOut } from '../admin/govern.ts';
import { sessionsOf, tokensOf } from '../auth/changes.ts';
import { queueJob } from '../jobs/changes.ts';
import type { Departure } from './departure.ts';

export interface Removal {
  readonly act: Act;
  readonly userId: string;
  /** The hash that the password was checked against: another one since then, and it must be checked again. */
  readonly passwordHash: string;
  readonly eraseMessages: boolean;
  readonly jobId: string;
}

/** No username has this shape or length, so nobody can take a deleted person's place. */
const tombstoneName = (userId: string) => `deleted-${userId.replaceAll('-', '')}`;

/**
 * U1–U3: the one change after which the account is gone: its row is a tombstone, its sessions are dead, its address is free,
 * its username is nobody's for ever. What it leaves behind in conversations is the job's (U4–U6).
 */
export const accountDeleted = changeKind<Removal, void>()({
  name: 'account.deleted',
  alone: true,
  streams: (input) => [adminLock, input.userId],
  lookups: (inputs) => ({
    person: lookup(
      'user',
      ['password_hash', 'deleted_at', 'avatar_id'],
      ['id'],
      inputs.map((i) => [bytesOf(i.userId)]),
    ),
    sessions: sessionsOf(inputs.map((i) => i.userId)),
    tokens: tokensOf(inputs.map((i) => i.userId)),
    admins: adminsThere(),
  }),
  facts: (found) => found,
  decide({ act, userId, passwordHash, eraseMessages, jobId }, { person: [person], sessions, tokens, admins }, draft) {
    if (!person) throw new Refusal('NOT_FOUND');
    if (person.deleted_at !== null) return; // a rerun after a lost answer
    if (person.password_hash !== passwordHash) throw new Refusal('PASSWORD_WRONG');
    leavesAnAdmin(admins, userId);
    bury(draft, userId, person.avatar_id);
    shutOut(draft, act, userId, [...sessions, ...tokens]);
    audit(draft, act, { action: 'user.deleted', target: userId, detail: { erased: eraseMessages } }); // by id: whose it was nobody reads there
    const data: Departure = { stage: 'bots', after: null, seq: 0, erase: eraseMessages };
    queueJob(draft, { id: jobId, kind: 'account.depart', subject: userId, data });
  },
});

/** The row of an account that is gone: nobody's name and address, and what led to it is free or taken for ever. */
export function bury(draft: Draft, userId: string, avatarId: Buffer | null): void {
  const id = bytesOf(userId);
  const nothing = { name: '', bio: '', email: null, password_hash: '', avatar_id: null, role: 'user' };
  draft.update('user', { ...nothing, username: tombstoneName(userId), deleted_at: draft.now }, { id });
  draft.update('handle', { user_id: null }, { user_id: id });
  draft.delete('user_word', { user_id: id });
  draft.delete('mail', { user_id: id });
  if (avatarId !== null) draft.update('attachment', { removed_at: draft.now }, { id: avatarId });
}
