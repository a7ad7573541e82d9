import { Refusal, type Self } from '@koreromai/contract';
import { bytesOf, idOf, lookup, type Stored } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { endSession, sessionsOf, tokensOf } from '../auth/changes.ts';
import { type Act, actorMay, actorRole, audit } from './audit.ts';

/**
 * The stream that nobody hears: whoever could take the instance its last admin locks it, so that two cannot do so at once; and so do whoever
 * changes a setting and whoever is bound by one that must hold at once.
 */
export const adminLock = '00000000-0000-0000-0000-000000000000';

/** The look-up for `leavesAnAdmin`, to be made under `adminLock`. */
export const adminsThere = () => lookup('user', ['id', 'suspended_at', 'deleted_at'], ['role'], [['admin']]);

/** P2: throws LAST_ADMIN when nobody but this person could rule the instance. */
export function leavesAnAdmin(admins: readonly Pick<Stored<'user'>, 'id' | 'suspended_at' | 'deleted_at'>[], userId: string): void {
  const able = admins.filter((a) => a.suspended_at === null && a.deleted_at === null).map((a) => idOf(a.id));
  if (able.includes(userId) && able.length === 1) throw new Refusal('LAST_ADMIN');
}

export interface Governed {
  readonly act: Act;
  readonly userId: string;
  readonly role: Self['role'] | undefined;
  readonly suspended: boolean | undefined;
}

/** Admins give roles; moderators and admins suspend, moderators only those who are neither. A suspended person's sessions end at once, and the tokens of their bots. */
export const userGoverned = changeKind<Governed, void>()({
  name: 'user.governed',
  alone: true,
  streams: (input) => [adminLock, input.userId],
  lookups: (inputs) => ({
    actor: actorRole(inputs.map((i) => i.act)),
    person: lookup(
      'user',
      ['role', 'suspended_at', 'deleted_at', 'bot'],
      ['id'],
      inputs.map((i) => [bytesOf(i.userId)]),
    ),
    sessions: sessionsOf(inputs.map((i) => i.userId)),
    tokens: tokensOf(inputs.map((i) => i.userId)),
    admins: adminsThere(),
  }),
  facts: (found) => found,
  decide(input, { actor, person: [person], sessions, tokens, admins }, draft) {
    const { act, userId, role, suspended } = input;
    if (person === undefined || person.deleted_at !== null) throw new Refusal('NOT_FOUND');
    actorMay(act, actor, role !== undefined || person.role !== 'user' ? 'admin' : 'moderator');
    if (person.bot === 1 && role !== undefined && role !== 'user') throw new Refusal('NOT_FOR_BOTS');
    const demoted = role !== undefined && role !== 'admin';
    if (demoted || suspended === true) leavesAnAdmin(admins, userId);

    const where = { id: bytesOf(userId) };
    if (role !== undefined && role !== person.role) {
      draft.update('user', { role }, where);
      draft.event({ stream: userId, type: 'me.changed', actor: act.actorId });
      audit(draft, act, { action: 'user.role', target: userId, detail: { from: person.role, to: role } });
    }
    if (suspended === undefined || suspended === (person.suspended_at !== null)) return;
    draft.update('user', { suspended_at: suspended ? draft.now : null }, where);
    audit(draft, act, { action: suspended ? 'user.suspended' : 'user.restored', target: userId });
    if (suspended) shutOut(draft, act, userId, [...sessions, ...tokens]);
  },
});

/** Ends every session, the tokens of their bots among them, and makes every link to a new password worthless. */
export function shutOut(draft: Draft, act: Act, userId: string, sessions: readonly Pick<Stored<'session'>, 'id' | 'revoked_at'>[]): void {
  draft.delete('password_reset', { user_id: bytesOf(userId) });
  draft.delete('push_subscription', { user_id: bytesOf(userId) });
  for (const { id } of sessions.filter((s) => s.revoked_at === null)) {
    endSession(draft, id);
    draft.event({ stream: userId, type: 'session.revoked', actor: act.actorId, subject: idOf(id) });
  }
}
