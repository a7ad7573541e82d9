import { limits } from '@koreromai/contract';
import { type AccountRow, idOf, personById, type SessionRow, sessionByHash } from '@koreromai/db';
import { scopesOf } from '../bots/scopes.ts';
import type { Caller } from '../context.ts';
import type { Services } from '../services.ts';
import { sessionTouched } from './changes.ts';
import { createLifetime, type Lifetime } from './lifetime.ts';
import { createPulse } from './pulse.ts';
import { forgetSignIns } from './sign-ins.ts';
import { hashToken } from './tokens.ts';

export interface Sessions {
  /** The caller behind a token, or null when it is unknown, revoked or too old. `onRevoked` is called once, at once, when it ends later. */
  authenticate(token: string, onRevoked?: () => void): Promise<Caller | null>;
  /** A connection has ended: its interest in the session is forgotten, and until when it was there is noted. */
  release(caller: Caller): void;
  /** Ends what has been open too long or unused for too long. Goes by itself, twice a minute. */
  sweep(): Promise<void>;
  close(): void;
}

interface Watch {
  readonly end: () => void;
  readonly changed: (userId: string) => void;
}

/** Looks tokens up and hears, through the log, of sessions that end: in this process or in any other. */
export function createSessions(services: Services): Sessions {
  const watched = new Map<string, Set<Watch>>();
  const pulse = createPulse(services.live.look);
  const watchers = new WeakMap<Caller, { sessionId: string; since: number; watch: Watch }>();
  const unfollow = services.live.follow((event) => {
    if (event.type === 'me.changed') for (const set of watched.values()) for (const watch of set) watch.changed(event.stream);
    if (event.type !== 'session.revoked' || event.subject === null) return;
    const ending = watched.get(event.subject);
    watched.delete(event.subject);
    for (const { end } of ending ?? []) end();
  });

  const open = new Map<Caller, { tokenHash: Buffer; lifetime: Lifetime; end: () => void }>();
  async function sweep(): Promise<void> {
    for (const [caller, { tokenHash, lifetime, end }] of open) {
      if (!lifetime.over()) continue;
      const row = await sessionByHash(services.read, tokenHash); // another tab of the same session may be in use
      if (row) lifetime.seenAt(Number(row.last_seen_at));
      if (!lifetime.over()) continue;
      forget(caller);
      end();
    }
  }
  const sweeping = setInterval(() => void sweep().catch(services.onFault), 30_000).unref();
  const forgetting = setInterval(() => void forgetSignIns(services).catch(services.onFault), limits.signIns.sweepEvery).unref();

  function forget(caller: Caller): { sessionId: string; since: number } | undefined {
    open.delete(caller);
    const own = watchers.get(caller);
    if (!own) return;
    watchers.delete(caller);
    const set = watched.get(own.sessionId);
    set?.delete(own.watch);
    if (set?.size === 0) watched.delete(own.sessionId);
    return own;
  }

  function release(caller: Caller): void {
    const own = forget(caller);
    if (own && services.now() - own.since > limits.session.touchEvery)
      services.lane.change(sessionTouched, { sessionId: own.sessionId }).catch(services.onFault);
  }

  return {
    async authenticate(token, onRevoked) {
      const tokenHash = hashToken(token);
      const row = await sessionByHash(services.read, tokenHash);
      const now = services.now();
      if (!row || ended(row)) return null;
      const lastSeen = Number(row.last_seen_at);
      const { end, idle } = boundsOf(row);
      if (now >= Math.min(lastSeen + idle, end)) return null;
      const sessionId = idOf(row.session_id);
      if (now - lastSeen > limits.session.touchEvery) await services.lane.change(sessionTouched, { sessionId });
      const touch = () => void services.lane.change(sessionTouched, { sessionId }).catch(services.onFault);
      const lifetime = createLifetime({ now: services.now, end, idle, lastSeenAt: now, touch });
      let revoked = false;
      let held: AccountRow = row;
      let stale = false;
      const userId = idOf(row.id);
      const caller: Caller = {
        id: userId,
        get account() {
          return held;
        },
        sessionId,
        scopes: scopesOf(row.scopes),
        stale: () => stale,
        awake: pulse.caughtUp,
        async refresh() {
          stale = false; // before it is read: what changes meanwhile makes it stale again
          held = (await personById(services.read, userId)) ?? held;
        },
        revoked: () => revoked || (onRevoked !== undefined && lifetime.ended()),
        used: lifetime.used,
      };
      if (onRevoked) {
        const watch: Watch = {
          changed(who) {
            stale ||= who === userId;
          },
          end() {
            revoked = true;
            onRevoked();
          },
        };
        watched.set(sessionId, (watched.get(sessionId) ?? new Set()).add(watch));
        watchers.set(caller, { sessionId, since: now, watch });
        open.set(caller, { tokenHash, lifetime, end: watch.end });
        // Revoked between the look-up and the watch: look again.
        const again = await sessionByHash(services.read, hashToken(token));
        if (!again || ended(again)) {
          release(caller);
          return null;
        }
      }
      return caller;
    },
    release,
    sweep,
    close() {
      clearInterval(sweeping);
      clearInterval(forgetting);
      pulse.close();
      unfollow();
    },
  };
}

/** It was revoked, or whoever it is for may not come in. A bot may not while its owner may not. */
const ended = (row: SessionRow): boolean =>
  [row.revoked_at, row.deleted_at, row.suspended_at, row.owner_deleted_at, row.owner_suspended_at].some((at) => at !== null);

/** A bot's token may lie unused: it ends when its owner said, or when they revoke it. */
const boundsOf = ({ scopes, expires_at, session_created_at }: SessionRow) =>
  scopes === null
    ? { end: Number(session_created_at) + limits.session.absolute, idle: limits.session.idle }
    : { end: expires_at === null ? Number.POSITIVE_INFINITY : Number(expires_at), idle: Number.POSITIVE_INFINITY };
