import { hash } from 'node:crypto';
import { type Mention, type Message, Refusal, type User } from '@koreromai/contract';
import { bytesOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { counted } from '../analytics/count.ts';
import { isoOf } from '../users/view.ts';
import { type Chat, chatsOf, type Direct, entryFacts, entryLookups, mayPost, mayReach, nothingFound } from './entry.ts';
import { deafOf, entitled, mentionsText, type Named, namedEntries, namingLookups, tellNamed } from './naming.ts';
import { attachable, type Stored, storedOf } from './posted.ts';

export interface Post {
  readonly id: string;
  readonly conversationId: string;
  /** A conversation's kind never changes (T1), so it may be known before the lock. */
  readonly room: boolean;
  /** Said by every caller, so that no door forgets it. Null in groups and rooms. */
  readonly direct: Direct | null;
  readonly author: User;
  /** Normalised, within the bound, and not empty unless there are files. */
  readonly text: string;
  /** Whom the text may name (`namedIn`). */
  readonly named: Named;
  readonly replyToId: string | null;
  readonly attachmentIds: readonly string[];
}

const namingOf = (post: Post) => ({ ...post, authorId: post.author.id });

/** What makes two posts under one id the same, kept so that a repeat is known again after the text was edited. */
const digestOf = (post: Post): Buffer =>
  hash('sha256', JSON.stringify([post.text, post.replyToId, post.attachmentIds]), 'buffer').subarray(0, 16);

/** Rests on nothing but who is in the chat: no rights of two people, nothing quoted, sent along or named. */
const isPlain = (post: Post): boolean =>
  !post.room && post.direct === null && post.replyToId === null && post.attachmentIds.length === 0 && post.named.people.length === 0;

/** Nothing stands under the ids of posts that are new; the database takes none twice. */
const assumed = (known: ReadonlyMap<string, Chat>) => ({
  ...entryFacts(nothingFound, known),
  stored: new Map<string, Stored>(),
  files: new Map<string, string>(),
  deaf: new Set<string>(),
});

/**
 * The post: message, event and counter, nothing else. Idempotent for ever by the sender's id (G3): the same again gives the
 * original, another text under it is refused. Membership is read under the stream's lock, so a removal and a post have one order.
 * `message` is null where the caller has to read it: what is quoted or attached is not in hand here.
 */
export const messagePosted = changeKind<Post, { message: Message | null; replayed: boolean }, Chat>()({
  name: 'message.posted',
  alone: false,
  streams: (input) => [input.conversationId],
  size: (input) => input.text.length * 3 + 400,
  lookups: (inputs, known) => ({
    ...entryLookups(
      inputs.flatMap((i) => [
        { conversationId: i.conversationId, userId: i.author.id, room: i.room, direct: i.direct },
        ...namedEntries(namingOf(i)),
      ]),
      known,
    ),
    ...namingLookups(inputs.map(namingOf)),
    repeats: lookup(
      'message',
      ['id', 'author_id', 'conversation_id', 'digest', 'text', 'version', 'deleted_at'],
      ['id'],
      inputs.flatMap((i) => [[bytesOf(i.id)], ...(i.replyToId === null ? [] : [[bytesOf(i.replyToId)]])]),
    ),
    files: lookup(
      'attachment',
      ['id', 'uploader_id', 'message_id', 'purpose', 'removed_at'],
      ['id'],
      inputs.flatMap((i) => i.attachmentIds.map((id) => [bytesOf(id)])),
    ),
  }),
  facts: (found, _inputs, known) => ({
    ...entryFacts(found, known),
    stored: storedOf(found.repeats),
    files: attachable(found.files),
    deaf: deafOf(found),
  }),
  holds: (facts) => chatsOf(facts),
  ahead: { fits: isPlain, facts: assumed },
  decide(input, facts, draft) {
    mayPost(facts, { conversationId: input.conversationId, userId: input.author.id, room: input.room });
    const before = facts.stored.get(input.id);
    if (before) {
      if (!isSame(input, before)) throw new Refusal('IDEMPOTENCY_MISMATCH');
      return { message: null, replayed: true };
    }
    mayReach(facts, { userId: input.author.id, direct: input.direct });
    const parent = input.replyToId === null ? null : facts.stored.get(input.replyToId);
    if (input.replyToId !== null && parent?.conversation !== input.conversationId) throw new Refusal('NOT_FOUND');
    if (parent?.deleted) throw new Refusal('MESSAGE_DELETED');
    if (!input.attachmentIds.every((id) => facts.files.get(id) === input.author.id))
      throw new Refusal('NOT_FOUND', { fields: { attachmentIds: 'names a file that is not yours to send' } });
    const plain = input.replyToId === null && input.attachmentIds.length === 0;
    const digest = digestOf(input);
    const mentions = entitled(facts, namingOf(input));
    const view = viewOf(input, draft.head(input.conversationId) + 1, draft.now, mentions);
    draft.event({
      stream: input.conversationId,
      type: 'message.created',
      actor: input.author.id,
      subject: input.id,
      ...(plain && { view: (place) => ({ ...place, type: 'message.created', message: view }) }),
    });
    draft.insert('message', {
      conversation_id: bytesOf(input.conversationId),
      seq: view.seq,
      id: bytesOf(input.id),
      author_id: bytesOf(input.author.id),
      text: input.text,
      version: 1,
      created_at: draft.now,
      updated_at: draft.now,
      reply_to_id: input.replyToId === null ? null : bytesOf(input.replyToId),
      digest,
      mentions: mentionsText(mentions),
    });
    tellNamed(draft, mentions, facts.deaf, { ...input, messageId: input.id, seq: view.seq, authorId: input.author.id });
    input.attachmentIds.forEach((id, position) => {
      draft.update('attachment', { message_id: bytesOf(input.id), position }, { id: bytesOf(id), message_id: null, removed_at: null });
      facts.files.delete(id); // nor may another post of this batch send it
    });
    counted(draft, { conversationId: input.conversationId, authorId: input.author.id, at: draft.now });
    facts.stored.set(input.id, {
      author: input.author.id,
      conversation: input.conversationId,
      digest,
      first: input.text,
      deleted: false,
    }); // a repeat may wait in the same batch
    return { message: plain ? view : null, replayed: false };
  },
});

/** What was deleted is known by its id alone: nothing else of it is left. */
function isSame(input: Post, before: Stored): boolean {
  if (before.author !== input.author.id || before.conversation !== input.conversationId) return false;
  if (before.deleted) return true;
  return before.digest ? before.digest.equals(digestOf(input)) : before.first === null || before.first === input.text;
}

const viewOf = (input: Post, seq: number, now: number, mentions: Mention[]): Message => ({
  id: input.id,
  conversationId: input.conversationId,
  seq,
  author: input.author,
  text: input.text,
  createdAt: isoOf(now),
  updatedAt: isoOf(now),
  editedAt: null,
  version: 1,
  deleted: false,
  replyTo: null,
  mentions,
  attachments: [],
  reactions: [],
  likeCount: 0,
  likedByMe: false,
  pinned: false,
});
