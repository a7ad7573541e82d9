import { limits, Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup, type Stored } from '@koreromai/db';
import { type MessagingPolicy, mayWrite, reachLookups, reachOf } from '../circles/reach.ts';

/** Somebody who wants to write in a conversation. `room` is known before the lock, because a kind never changes (T1). */
export interface Entry {
  readonly conversationId: string;
  readonly userId: string;
  readonly room: boolean;
  /** In a direct chat the other one, and the instance's policy: both sides have to let each other (B1, B5). */
  readonly direct?: Direct | null;
}

export interface Direct {
  readonly otherId: string;
  readonly policy: MessagingPolicy;
}

/** Who is in a chat, and what it is: good for as long as nobody comes or goes there and nobody closes it. */
export interface Chat {
  /** No bytes as they were read: held on to, sixteen of them would keep a whole pool of buffers. */
  readonly conversation: Pick<Stored<'conversation'>, 'kind' | 'closed_at' | 'access' | 'history' | 'password_version'> & {
    readonly ownerId: string | null;
  };
  readonly inside: ReadonlySet<string>;
}

const unknown: ReadonlyMap<string, Chat> = new Map();

/** Reads under the lock what decides whether these people may write: stays of chats, and of rooms only what concerns the people themselves. */
export function entryLookups(entries: readonly Entry[], known = unknown) {
  const news = entries.filter((e) => !known.has(e.conversationId));
  const chats = [...new Set(news.filter((e) => !e.room).map((e) => e.conversationId))];
  const pairs = entries.filter((e) => e.room).map((e) => [bytesOf(e.conversationId), bytesOf(e.userId)] as const);
  return {
    conversations: lookup(
      'conversation',
      ['id', 'kind', 'closed_at', 'owner_id', 'access', 'history', 'password_version'],
      ['id'],
      [...new Set(news.map((e) => e.conversationId))].map((id) => [bytesOf(id)]),
    ),
    inside: lookup(
      'span',
      ['conversation_id', 'user_id'],
      ['conversation_id', 'open'],
      chats.map((id) => [bytesOf(id), 1]),
    ),
    stays: lookup(
      'span',
      ['conversation_id', 'user_id', 'role'],
      ['conversation_id', 'user_id', 'open'],
      pairs.map((p) => [...p, 1]),
    ),
    listed: lookup('room_access', ['conversation_id', 'user_id', 'list'], ['conversation_id', 'user_id'], pairs),
    grants: lookup('member_state', ['conversation_id', 'user_id', 'granted_version'], ['conversation_id', 'user_id'], pairs),
    site: lookup(
      'user',
      ['id', 'role'],
      ['id'],
      pairs.map(([, userId]) => [userId]),
    ),
    ...reachLookups(
      entries.flatMap(({ userId, direct }) => (direct ? [{ actorId: userId, people: [direct.otherId], conversationId: null }] : [])),
    ),
  };
}

type Found = {
  [K in keyof ReturnType<typeof entryLookups>]: ReturnType<typeof entryLookups>[K] extends { found?: infer R }
    ? Exclude<R, undefined>[]
    : never;
};

/** As `entryLookups` finds where everything is known. */
export const nothingFound: Found = {
  ...{ conversations: [], inside: [], stays: [], listed: [], grants: [], site: [] },
  ...{ people: [], blocks: [], follows: [], contacts: [], refusals: [] },
};

/** Arranges what `entryLookups` found by conversation and by person. */
export function entryFacts(found: Found, known = unknown) {
  const read = new Map<string, Set<string>>();
  for (const row of found.inside) {
    const id = idOf(row.conversation_id);
    read.set(id, (read.get(id) ?? new Set()).add(idOf(row.user_id)));
  }
  const inside = new Map<string, ReadonlySet<string>>(read);
  const conversations = new Map<string, Chat['conversation']>(
    found.conversations.map(({ id, owner_id, ...c }) => [idOf(id), { ...c, ownerId: owner_id && idOf(owner_id) }]),
  );
  for (const [id, chat] of known) {
    inside.set(id, chat.inside);
    conversations.set(id, chat.conversation);
  }
  const byPair = <R extends { conversation_id: Buffer; user_id: Buffer }>(rows: readonly R[]) =>
    new Map(rows.map((r) => [`${idOf(r.conversation_id)} ${idOf(r.user_id)}`, r]));
  return {
    inside,
    conversations,
    stays: byPair(found.stays),
    listed: byPair(found.listed),
    grants: byPair(found.grants),
    site: new Map(found.site.map((u) => [idOf(u.id), u.role])),
    reach: reachOf(found),
  };
}

export type EntryFacts = ReturnType<typeof entryFacts>;

/** Of chats that are open, what the next ones need not read. In rooms others decide as well: lists, and what somebody is on the site. */
export function* chatsOf({ conversations, inside }: EntryFacts): Generator<readonly [id: string, chat: Chat]> {
  for (const [id, conversation] of conversations) {
    const people = inside.get(id);
    if (people && conversation.kind !== 'room' && conversation.closed_at === null) yield [id, { conversation, inside: people }];
  }
}

/** Whether somebody may be here now. The same rule as `mayEnter` (Q2), under the lock. */
export function enters(facts: EntryFacts, { conversationId, userId, room }: Entry): boolean {
  const conversation = facts.conversations.get(conversationId);
  if (!conversation || conversation.closed_at !== null) return false;
  if (!room) return facts.inside.get(conversationId)?.has(userId) ?? false;
  const key = `${conversationId} ${userId}`;
  const list = facts.listed.get(key)?.list;
  if (conversation.ownerId === userId) return true;
  const granted = conversation.access === 'password' && facts.grants.get(key)?.granted_version === conversation.password_version;
  const trusted = (facts.stays.get(key)?.role ?? 'member') !== 'member' || (facts.site.get(userId) ?? 'user') !== 'user';
  return list !== 'deny' && (conversation.access === 'public' || list === 'allow' || granted || trusted);
}

/** Throws the refusal that somebody who may not be here is told. */
export function mayEnterNow(facts: EntryFacts, entry: Entry): void {
  const conversation = facts.conversations.get(entry.conversationId);
  const inside = facts.inside.get(entry.conversationId);
  if (!conversation || (!entry.room && !inside?.has(entry.userId))) throw new Refusal('NOT_FOUND');
  if (conversation.closed_at !== null) throw new Refusal('CONVERSATION_CLOSED');
  if (!enters(facts, entry)) throw new Refusal('ROOM_ACCESS_DENIED');
}

/** H1: a room that shows what was said since joining is for those who have joined. */
export const joined = (facts: EntryFacts, { conversationId, userId }: Entry): boolean =>
  facts.conversations.get(conversationId)?.history !== 'fromJoin' || facts.stays.has(`${conversationId} ${userId}`);

/** Whoever may be here may write, unless nobody else would read it (C8). */
export function mayPost(facts: EntryFacts, entry: Entry): void {
  mayEnterNow(facts, entry);
  if (entry.room && !joined(facts, entry)) throw new Refusal('JOIN_FIRST'); // they would not see their own words
  const { conversationId, room } = entry;
  if (!room && (facts.inside.get(conversationId)?.size ?? 0) < limits.group.minActiveToPost)
    throw new Refusal(facts.conversations.get(conversationId)?.kind === 'direct' ? 'PEER_GONE' : 'GROUP_UNDERFULL'); // U5: nobody leaves a direct chat but by deleting their account
}

/** B1, B5: in a direct chat nobody says anything new to somebody who does not let them. What was said stays readable. */
export function mayReach(facts: EntryFacts, { userId, direct }: Pick<Entry, 'userId' | 'direct'>): void {
  if (direct) mayWrite(facts.reach, userId, direct.otherId, direct.policy);
}
