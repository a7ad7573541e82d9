import { handlesIn, here, limits, type Mention } from '@koreromai/contract';
import { accounts, bytesOf, idOf, lookup, membersOf } from '@koreromai/db';
import type { Draft } from '@koreromai/realtime';
import type { Services } from '../services.ts';
import { type Entry, type EntryFacts, enters, joined } from './entry.ts';

/** Whom a text may name: accounts that live. Whether each of them sees the chat is decided under its lock. */
export interface Named {
  readonly people: readonly Mention[];
  /** Where not everybody may be looked up, a public room names only those who are in it: else names could be tried out there. */
  readonly insidersOnly: boolean;
}

export const nobody: Named = { people: [], insidersOnly: false };

/** Finds whom a text names with an @ in that conversation, each person once and at most as many as a message may name. */
export async function namedIn(
  { read, settings }: Pick<Services, 'read' | 'settings'>,
  text: string,
  chat: { readonly conversationId: string; readonly kind: 'direct' | 'group' | 'room' },
): Promise<Named> {
  const handles = text.includes('@') ? handlesIn(text) : [];
  if (handles.length === 0) return nobody;
  const everybody = chat.kind === 'group' && handles.some((meant) => meant.includes(here));
  const [rows, members] = await Promise.all([
    accounts(read, { usernames: handles.flat() }),
    everybody ? membersOf(read, [chat.conversationId]) : [],
  ]);
  const living = new Map(rows.filter((row) => row.suspended_at === null).map((row) => [row.username, idOf(row.id)]));
  const people = new Map<string, Mention>();
  for (const meant of handles) {
    if (everybody && meant.includes(here)) continue;
    const handle = meant.find((one) => living.has(one));
    const userId = handle && living.get(handle);
    if (handle && userId && !people.has(userId)) people.set(userId, { userId, handle });
  }
  for (const userId of members.map((row) => idOf(row.user_id))) if (!people.has(userId)) people.set(userId, { userId, handle: here });
  return { people: [...people.values()], insidersOnly: settings.current.directory !== 'everyone' };
}

interface Naming extends Pick<Entry, 'conversationId' | 'room'> {
  readonly authorId: string;
  readonly named: Named;
}

/** Those of whom it has to be known whether they are in the room: of a chat everybody inside is read anyway. */
export const namedEntries = ({ conversationId, room, named }: Naming): Entry[] =>
  room ? named.people.map(({ userId }) => ({ conversationId, userId, room })) : [];

/** C14: whoever has blocked the author is not told. */
export const namingLookups = (inputs: readonly Naming[]) => ({
  deaf: lookup(
    'block',
    ['blocker_id', 'blocked_id'],
    ['blocker_id', 'blocked_id'],
    inputs.flatMap(({ authorId, named }) => named.people.map(({ userId }) => [bytesOf(userId), bytesOf(authorId)])),
  ),
});

/** `person author` of those who have blocked an author. */
export const deafOf = (found: { deaf: readonly { blocker_id: Buffer; blocked_id: Buffer }[] }): ReadonlySet<string> =>
  new Set(found.deaf.map((row) => `${idOf(row.blocker_id)} ${idOf(row.blocked_id)}`));

/** Of those named, the ones who may see the chat now, but for the author. Everybody else stays text, and nobody can tell whether they exist. */
export const entitled = (facts: EntryFacts, { conversationId, room, authorId, named }: Naming): Mention[] =>
  named.people
    .filter(
      ({ userId }) =>
        userId !== authorId &&
        enters(facts, { conversationId, userId, room }) &&
        (!room || joined(facts, { conversationId, userId, room })),
    )
    .filter(({ userId }) => !room || !named.insidersOnly || facts.stays.has(`${conversationId} ${userId}`))
    .slice(0, limits.mentions.perMessage);

interface Told {
  readonly messageId: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly authorId: string;
}

/** A row for each who is told, at most once for a message. */
export function tellNamed(draft: Draft, mentions: readonly Mention[], deaf: ReadonlySet<string>, message: Told): void {
  for (const { userId } of mentions) {
    if (deaf.has(`${userId} ${message.authorId}`)) continue;
    const row = { user_id: bytesOf(userId), message_id: bytesOf(message.messageId), conversation_id: bytesOf(message.conversationId) };
    draft.insert('mention', { ...row, seq: message.seq, at: draft.now }, 'ignore');
  }
}

/** As the message's row keeps them; null for nobody. */
export const mentionsText = (mentions: readonly Mention[]): string | null => (mentions.length === 0 ? null : JSON.stringify(mentions));

/** The other way round. The shape is that of `mentionsText`. */
export const mentionsOf = (text: string | null): Mention[] => (text === null ? [] : (JSON.parse(text) as Mention[]));
