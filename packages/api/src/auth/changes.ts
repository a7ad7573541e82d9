import { Refusal } from '@koreromai/contract';
import { bytesOf, handleOf, idOf, lookup } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { takeHandle, writeWords } from '../users/names.ts';
import { noteSignIn } from './sign-ins.ts';

export interface NewAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly username: string;
  readonly passwordHash: string;
  /** Null: made without signing in. */
  readonly session: NewSession | null;
}

export interface NewSession {
  readonly id: string;
  readonly userId: string;
  readonly tokenHash: Buffer;
  readonly userAgent: string;
  /** Where they called from. */
  readonly address: string;
}

/** Makes an account and the session it begins with. The first account of the instance is its admin: the unique `founder` lets only one be. */
export const accountMade = changeKind<NewAccount, { role: 'user' | 'admin'; createdAt: number }>()({
  name: 'account.made',
  alone: false,
  streams: () => [],
  lookups: (inputs) => ({
    byEmail: lookup(
      'user',
      ['id', 'email', 'role', 'created_at'],
      ['email'],
      inputs.map((i) => [i.email]),
    ),
    byHandle: lookup(
      'handle',
      ['skeleton_hash'],
      ['skeleton_hash'],
      inputs.map((i) => [handleOf(i.username)]),
    ),
    founder: lookup('user', ['id'], ['founder'], [[1]]),
  }),
  facts: (found) => ({
    byEmail: new Map(found.byEmail.map((r) => [r.email ?? '', r])),
    taken: new Set(found.byHandle.map((r) => r.skeleton_hash.toString('hex'))),
    founded: found.founder.length > 0,
  }),
  decide(input, facts, draft) {
    const same = facts.byEmail.get(input.email);
    if (same && idOf(same.id) === input.id) {
      return { role: same.role === 'admin' ? 'admin' : 'user', createdAt: Number(same.created_at) };
    } // a rerun after a lost answer
    if (same) throw new Refusal('EMAIL_TAKEN', { fields: { email: 'has an account already' } });
    if (facts.taken.has(handleOf(input.username).toString('hex')))
      throw new Refusal('USERNAME_TAKEN', { fields: { username: 'is taken' } });
    const role = facts.founded ? 'user' : 'admin';
    draft.insert('user', {
      id: bytesOf(input.id),
      username: input.username,
      email: input.email,
      name: input.name,
      bio: '',
      role,
      founder: facts.founded ? null : 1,
      password_hash: input.passwordHash,
      created_at: draft.now,
      deleted_at: null,
    });
    takeHandle(draft, input.id, input.username);
    writeWords(draft, input.id, input.name, input.username);
    if (input.session) openSession(draft, input.session);
    draft.insert('stream', { id: bytesOf(input.id) }, 'ignore'); // a row to lock, before anything has happened to them
    facts.founded = true;
    return { role, createdAt: draft.now };
  },
});

export interface Opening {
  readonly session: NewSession;
  /** Of the password that was shown. If another has been set since it was checked, it opens nothing. */
  readonly verified: string;
  /** The same password under today's parameters (A1). */
  readonly renewed: string | null;
}

/** Opens a session after the password was checked: the password must still be that one, and its owner not suspended. */
export const sessionOpened = changeKind<Opening, void>()({
  name: 'session.opened',
  alone: false,
  streams: (input) => [input.session.userId],
  lookups: (inputs) => ({
    people: lookup(
      'user',
      ['id', 'password_hash', 'suspended_at', 'deleted_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.session.userId)]),
    ),
  }),
  facts: (found) => new Map(found.people.map((p) => [idOf(p.id), p])),
  decide({ session, verified, renewed }, people, draft) {
    const person = people.get(session.userId);
    if (!person || person.deleted_at !== null || ![verified, renewed].includes(person.password_hash)) throw new Refusal('SIGN_IN_FAILED');
    if (person.suspended_at !== null) throw new Refusal('ACCOUNT_SUSPENDED'); // only to whoever knows the password
    if (renewed !== null) draft.update('user', { password_hash: renewed }, { id: bytesOf(session.userId) });
    openSession(draft, session);
  },
});

/** Notes that a session is in use, at most hourly. */
export const sessionTouched = changeKind<{ sessionId: string }, void>()({
  name: 'session.touched',
  alone: false,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide: (input, _facts, draft) => draft.update('session', { last_seen_at: draft.now }, { id: bytesOf(input.sessionId) }),
});

/** The look-up of all sessions of these people, ended ones included. */
export const sessionsOf = (userIds: readonly string[]) =>
  lookup(
    'session',
    ['id', 'revoked_at'],
    ['user_id'],
    userIds.map((id) => [bytesOf(id)]),
  );

/** The look-up of all tokens of these people's bots, ended ones included. */
export const tokensOf = (ownerIds: readonly string[]) =>
  lookup(
    'session',
    ['id', 'user_id', 'revoked_at', 'expires_at'],
    ['owner_id'],
    ownerIds.map((id) => [bytesOf(id)]),
  );

/** Ends sessions of one person: the one named, or all but the one kept. Its event closes their sockets in every process. */
export const sessionsRevoked = changeKind<{ userId: string; only?: string; keep?: string }, { revoked: number }>()({
  name: 'sessions.revoked',
  alone: true,
  streams: (input) => [input.userId],
  lookups: (inputs) => ({
    sessions: sessionsOf(inputs.map((i) => i.userId)),
  }),
  facts: (found) => found.sessions.map((s) => ({ id: idOf(s.id), revoked: s.revoked_at !== null })),
  decide(input, sessions, draft) {
    const named = sessions.filter((s) => (input.only === undefined ? s.id !== input.keep : s.id === input.only));
    if (input.only !== undefined && named.length === 0) throw new Refusal('NOT_FOUND');
    const live = named.filter((s) => !s.revoked);
    for (const { id } of live) {
      endSession(draft, bytesOf(id));
      draft.event({ stream: input.userId, type: 'session.revoked', actor: input.userId, subject: id });
    }
    return { revoked: live.length };
  },
});

/** Nobody comes in by it any more, and the browsers that were told of messages in it are told no more. Who calls it tells of it. */
export function endSession(draft: Draft, id: Buffer): void {
  draft.update('session', { revoked_at: draft.now }, { id });
  draft.delete('push_subscription', { session_id: id });
}

/** The session and, in the same breath, that somebody came in (K6). Both have the session's id, so that a rerun adds nothing. */
function openSession(draft: Draft, session: NewSession): void {
  const id = bytesOf(session.id);
  const userId = bytesOf(session.userId);
  const row = { id, token_hash: session.tokenHash, user_id: userId, created_at: draft.now, last_seen_at: draft.now, revoked_at: null };
  draft.insert('session', { ...row, user_agent: session.userAgent.slice(0, 300) }, 'ignore');
  noteSignIn(draft, { id, user_id: userId, outcome: 'opened', address: session.address, device: session.userAgent });
}
