import { type AuditAction, type AuditEntry, Refusal } from '@koreromai/contract';
import { bytesOf, lookup, newId, type Stored } from '@koreromai/db';
import type { Draft } from '@koreromai/realtime';
import type { Context } from '../context.ts';

/** Who does something that must be written down. `actorId` is null for whoever sits at the server itself. */
export interface Act {
  readonly actorId: string | null;
  /** Where they called from. */
  readonly address: string;
}

export const actOf = (ctx: Context & { readonly caller: { readonly id: string } }): Act => ({
  actorId: ctx.caller.id,
  address: ctx.address,
});

/** Whoever can open the database's files rules the instance anyway; and what the server does by itself is done there. */
export const atTheServer: Act = { actorId: null, address: 'local' };

/** The look-up for `actorMay`, made in the change's own transaction: a role that was taken away a moment ago counts no more. */
export const actorRole = (acts: readonly Act[]) =>
  lookup(
    'user',
    ['role', 'suspended_at', 'deleted_at'],
    ['id'],
    acts.flatMap((a) => (a.actorId === null ? [] : [[bytesOf(a.actorId)]])),
  );

/** Throws FORBIDDEN unless the actor of a change that runs `alone` has at least this role now. */
export function actorMay(
  act: Act,
  [row]: readonly Pick<Stored<'user'>, 'role' | 'suspended_at' | 'deleted_at'>[],
  least: 'moderator' | 'admin',
): void {
  if (act.actorId === null) return;
  const able = row !== undefined && row.suspended_at === null && row.deleted_at === null;
  if (!able || !(row.role === 'admin' || row.role === least)) throw new Refusal('FORBIDDEN');
}

interface Entry {
  /** Given where a rerun must know it again. */
  readonly id?: string;
  readonly action: AuditAction;
  readonly target?: string;
  readonly detail?: AuditEntry['detail'];
}

/** Writes down in the change itself what it did: both are there, or neither. Draft it only where something changes, so that a rerun adds nothing. */
export function audit(draft: Draft, act: Act, { id = newId(draft.now), action, target, detail = {} }: Entry): void {
  draft.insert('audit', {
    id: bytesOf(id),
    actor_id: act.actorId === null ? null : bytesOf(act.actorId),
    action,
    target_id: target === undefined ? null : bytesOf(target),
    detail: JSON.stringify(detail),
    address: act.address.slice(0, 64),
    at: draft.now,
  });
}
