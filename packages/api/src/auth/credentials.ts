import { Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup, type Stored } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { type Act, audit } from '../admin/audit.ts';
import { queueMail } from '../mail/queue.ts';
import { endSession, sessionsOf } from './changes.ts';

/** How long a link to a new password works (A8). */
export const resetLifetime = 3_600_000;
/** Who asks again within this time gets no second mail: the first is still on its way. */
const resetPause = 60_000;

const personOf = (userIds: readonly string[]) =>
  lookup(
    'user',
    ['id', 'email', 'password_hash', 'suspended_at', 'deleted_at'],
    ['id'],
    userIds.map((id) => [bytesOf(id)]),
  );
type PersonRow = Pick<Stored<'user'>, 'id' | 'email' | 'password_hash' | 'suspended_at' | 'deleted_at'>;
type SessionRow = Pick<Stored<'session'>, 'id' | 'revoked_at'>;

interface NewPassword {
  readonly act: Act;
  readonly userId: string;
  /** Of the password that was shown: if another has been set meanwhile, it was not the current one. */
  readonly from: string;
  readonly to: string;
  /** The session that goes on. */
  readonly keep: string;
  readonly mailId: string;
}

/** B3, B7: sets a new password. Every other session ends, links to a new password are worthless, and a notice goes out. */
export const passwordChanged = changeKind<NewPassword, void>()({
  name: 'password.changed',
  alone: true,
  streams: (input) => [input.userId],
  lookups: (inputs) => ({ person: personOf(inputs.map((i) => i.userId)), sessions: sessionsOf(inputs.map((i) => i.userId)) }),
  facts: (found) => found,
  decide({ act, userId, from, to, keep, mailId }, { person: [person], sessions }, draft) {
    if (!person || person.password_hash === to) return; // a rerun after a lost answer
    if (person.password_hash !== from) throw new Refusal('PASSWORD_WRONG');
    replace(draft, { userId, to, mailId, person, sessions: sessions.filter((s) => idOf(s.id) !== keep) });
    audit(draft, act, { action: 'password.changed', target: userId });
  },
});

/** A8: makes a link to a new password and mails it. What was sent before is worthless. Nothing happens for who is suspended, or has just asked. */
export const resetAsked = changeKind<{ userId: string; mailId: string; tokenHash: Buffer }, void>()({
  name: 'password.reset.asked',
  alone: true,
  streams: (input) => [input.userId],
  lookups: (inputs) => ({
    person: personOf(inputs.map((i) => i.userId)),
    resets: lookup(
      'password_reset',
      ['token_hash', 'created_at', 'used_at'],
      ['user_id'],
      inputs.map((i) => [bytesOf(i.userId)]),
    ),
  }),
  facts: (found) => found,
  decide({ userId, mailId, tokenHash }, { person: [person], resets }, draft) {
    if (!person || person.email === null || person.suspended_at !== null || person.deleted_at !== null) return;
    if (resets.some((r) => r.used_at === null && Number(r.created_at) > draft.now - resetPause)) return; // also what a rerun finds
    const expiresAt = draft.now + resetLifetime;
    draft.delete('password_reset', { user_id: bytesOf(userId) });
    draft.insert('password_reset', {
      token_hash: tokenHash,
      user_id: bytesOf(userId),
      created_at: draft.now,
      expires_at: expiresAt,
      used_at: null,
    });
    queueMail(draft, { id: mailId, kind: 'reset', userId, email: person.email, data: { expiresAt } });
  },
});

/** A8, A10: takes the link, once. Every session ends, and none begins. */
export const passwordReset = changeKind<{ act: Act; userId: string; tokenHash: Buffer; to: string; mailId: string }, void>()({
  name: 'password.reset',
  alone: true,
  streams: (input) => [input.userId],
  lookups: (inputs) => ({
    person: personOf(inputs.map((i) => i.userId)),
    sessions: sessionsOf(inputs.map((i) => i.userId)),
    resets: lookup(
      'password_reset',
      ['expires_at', 'used_at', 'user_id'],
      ['token_hash'],
      inputs.map((i) => [i.tokenHash]),
    ),
  }),
  facts: (found) => found,
  decide({ act, userId, tokenHash, to, mailId }, { person: [person], sessions, resets: [reset] }, draft) {
    if (person?.password_hash === to) return; // a rerun after a lost answer
    const good = reset && reset.used_at === null && Number(reset.expires_at) > draft.now && idOf(reset.user_id) === userId;
    if (!good || !person || person.suspended_at !== null || person.deleted_at !== null) throw new Refusal('RESET_GONE');
    replace(draft, { userId, to, mailId, person, sessions });
    draft.update('password_reset', { used_at: draft.now }, { token_hash: tokenHash });
    audit(draft, act, { action: 'password.reset', target: userId });
  },
});

interface Replacing {
  readonly userId: string;
  readonly to: string;
  readonly mailId: string;
  readonly person: PersonRow;
  readonly sessions: readonly SessionRow[];
}

/** The new password stands, the given sessions end, and the owner of the address hears of it. */
function replace(draft: Draft, { userId, to, mailId, person, sessions }: Replacing): void {
  draft.update('user', { password_hash: to }, { id: bytesOf(userId) });
  draft.update('password_reset', { used_at: draft.now }, { user_id: bytesOf(userId), used_at: null });
  for (const { id } of sessions.filter((s) => s.revoked_at === null)) {
    endSession(draft, id);
    draft.event({ stream: userId, type: 'session.revoked', actor: userId, subject: idOf(id) });
  }
  if (person.email === null) return;
  const at = new Date(draft.now).toISOString().slice(0, 16).replace('T', ' ');
  const lines = [
    `Your password was changed on ${at} UTC, and every other device was signed out.`,
    'If it was not you, set a new one at once.',
  ];
  queueMail(draft, { id: mailId, kind: 'notice', userId, email: person.email, data: { title: 'Your password was changed', lines } });
}
