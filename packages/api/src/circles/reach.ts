import { type ErrorCode, type InstanceSettings, Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup, type Stored } from '@koreromai/db';

export type MessagingPolicy = InstanceSettings['messagingPolicy'];

/** Somebody who is to be reached, and how the request named them. */
export interface Wanted {
  readonly id: string;
  readonly as: readonly string[];
}

interface Try {
  readonly actorId: string;
  readonly people: readonly string[];
  /** The group they are to be added to; null where there is none yet. */
  readonly conversationId: string | null;
}

/** The look-ups for `reachOf`, to be made under the locks: all that may stand between an actor and the people. */
export function reachLookups(tries: readonly Try[]) {
  const pairs = tries.flatMap((t) => t.people.map((id) => [bytesOf(t.actorId), bytesOf(id)] as const));
  const bothWays = pairs.flatMap(([a, b]) => [
    [a, b],
    [b, a],
  ]);
  return {
    people: lookup(
      'user',
      ['id', 'deleted_at', 'suspended_at'],
      ['id'],
      pairs.map(([, id]) => [id]),
    ),
    blocks: lookup('block', ['blocker_id', 'blocked_id'], ['blocker_id', 'blocked_id'], bothWays),
    follows: lookup('follow', ['follower_id', 'followed_id'], ['follower_id', 'followed_id'], bothWays),
    contacts: lookup(
      'contact',
      ['user_id', 'other_id', 'state'],
      ['user_id', 'other_id'],
      pairs.map(([a, b]) => [a, b]),
    ),
    refusals: lookup(
      'refusal',
      ['user_id', 'target_id'],
      ['user_id', 'target_id'],
      tries.flatMap((t) =>
        t.people.flatMap((id) =>
          [t.actorId, ...(t.conversationId === null ? [] : [t.conversationId])].map((target) => [bytesOf(id), bytesOf(target)]),
        ),
      ),
    ),
  };
}

interface Found {
  readonly people: readonly Pick<Stored<'user'>, 'id' | 'deleted_at' | 'suspended_at'>[];
  readonly blocks: readonly Pick<Stored<'block'>, 'blocker_id' | 'blocked_id'>[];
  readonly follows: readonly Pick<Stored<'follow'>, 'follower_id' | 'followed_id'>[];
  readonly contacts: readonly Pick<Stored<'contact'>, 'user_id' | 'other_id' | 'state'>[];
  readonly refusals: readonly Pick<Stored<'refusal'>, 'user_id' | 'target_id'>[];
}

/** What stands between people, by ids. */
export function reachOf(found: Found) {
  const blocks = new Set(found.blocks.map((b) => `${idOf(b.blocker_id)} ${idOf(b.blocked_id)}`));
  const follows = new Set(found.follows.map((f) => `${idOf(f.follower_id)} ${idOf(f.followed_id)}`));
  const contacts = new Set(found.contacts.filter((c) => c.state === 'accepted').map((c) => `${idOf(c.user_id)} ${idOf(c.other_id)}`));
  const refused = new Set(found.refusals.map((r) => `${idOf(r.user_id)} ${idOf(r.target_id)}`));
  const live = new Set(found.people.filter((p) => p.deleted_at === null && p.suspended_at === null).map((p) => idOf(p.id)));
  return {
    blocks: (a: string, b: string) => blocks.has(`${a} ${b}`),
    refuses: (user: string, target: string) => refused.has(`${user} ${target}`),
    live: (user: string) => live.has(user),
    allowed: (policy: MessagingPolicy, a: string, b: string) =>
      policy === 'open' || (policy === 'contacts' ? contacts.has(`${a} ${b}`) : follows.has(`${a} ${b}`) && follows.has(`${b} ${a}`)),
  };
}
export type Reach = ReturnType<typeof reachOf>;

/**
 * C6, M10, B3: refuses a request that would add people who cannot be added, naming them as the caller did, never the reason: a
 * refusal, a block, a deleted or suspended account look all the same. The caller's own block and the instance's policy are no secrets.
 */
export function mayAdd(
  reach: Reach,
  actorId: string,
  conversationId: string | null,
  policy: MessagingPolicy,
  people: readonly Wanted[],
): void {
  const verdict = ({ id }: Wanted): ErrorCode | null => {
    if (reach.blocks(actorId, id)) return 'UNBLOCK_FIRST'; // first, or the answer would tell of a block the other way
    if (!reach.allowed(policy, actorId, id)) return 'NOT_CONTACTS';
    const refused = reach.refuses(id, actorId) || (conversationId !== null && reach.refuses(id, conversationId));
    return refused || reach.blocks(id, actorId) || !reach.live(id) ? 'CANNOT_ADD_USER' : null;
  };
  const verdicts = people.map((person) => ({ person, code: verdict(person) }));
  for (const code of ['CANNOT_ADD_USER', 'NOT_CONTACTS', 'UNBLOCK_FIRST'] as const) {
    const named = verdicts.filter((v) => v.code === code).flatMap((v) => v.person.as);
    if (named.length > 0) throw new Refusal(code, { details: { people: named } });
  }
}

/** B1, B5: refuses to open or write in a direct chat. One's own block is no secret; whatever the other one did is. */
export function mayWrite(reach: Reach, actorId: string, otherId: string, policy: MessagingPolicy): void {
  if (reach.blocks(actorId, otherId)) throw new Refusal('CANNOT_MESSAGE', { details: { suggest: 'unblock' } });
  if (!reach.allowed(policy, actorId, otherId)) throw new Refusal('NOT_CONTACTS');
  if (reach.blocks(otherId, actorId)) throw new Refusal('CANNOT_MESSAGE');
}
