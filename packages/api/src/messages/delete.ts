import { Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup, type Stored } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { audit } from '../admin/audit.ts';
import { uncounted } from '../analytics/count.ts';
import { entryFacts, entryLookups, mayEnterNow } from './entry.ts';

export interface Deletion {
  readonly messageId: string;
  readonly conversationId: string;
  readonly kind: 'direct' | 'group' | 'room';
  readonly actorId: string;
  /** A moderator of the site acts on a report, wherever the message is (architecture §4, 2.4). */
  readonly moderating: boolean;
  /** Where a moderator called from, for the audit. */
  readonly address?: string;
}

/**
 * D-del2: a tombstone keeps place and author; text, revisions, reactions, pins, mentions and files go, and the counters forget it.
 * By its author; by owner and admins in groups and rooms; by moderators of the site in rooms and where it was reported. Twice is no mistake.
 */
export const messageDeleted = changeKind<Deletion, { changed: boolean }>()({
  name: 'message.deleted',
  alone: true,
  streams: (input) => [input.conversationId],
  lookups: (inputs) => ({
    ...entryLookups(inputs.map((i) => ({ conversationId: i.conversationId, userId: i.actorId, room: i.kind === 'room' }))),
    message: lookup(
      'message',
      ['conversation_id', 'author_id', 'seq', 'created_at', 'deleted_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.messageId)]),
    ),
    role: lookup(
      'span',
      ['role'],
      ['conversation_id', 'user_id', 'open'],
      inputs.map((i) => [bytesOf(i.conversationId), bytesOf(i.actorId), 1]),
    ),
    staff: lookup(
      'user',
      ['role'],
      ['id'],
      inputs.map((i) => [bytesOf(i.actorId)]),
    ),
    reports: lookup(
      'report',
      ['id'],
      ['message_id'],
      inputs.map((i) => [bytesOf(i.messageId)]),
    ),
  }),
  facts: (found) => ({
    ...entryFacts(found),
    message: found.message[0],
    role: found.role[0]?.role ?? 'member',
    staff: found.staff[0]?.role !== undefined && found.staff[0].role !== 'user',
    reported: found.reports.length > 0,
  }),
  decide(input, facts, draft) {
    const { message } = facts;
    const moderates = facts.staff && (input.kind === 'room' || (input.moderating && facts.reported));
    if (!moderates) mayEnterNow(facts, { conversationId: input.conversationId, userId: input.actorId, room: input.kind === 'room' });
    if (!message || idOf(message.conversation_id) !== input.conversationId) throw new Refusal('NOT_FOUND');
    const author = idOf(message.author_id);
    const leads = input.kind !== 'direct' && facts.role !== 'member';
    if (author !== input.actorId && !leads && !moderates) throw new Refusal('FORBIDDEN');
    if (message.deleted_at !== null) return { changed: false };
    tombstone(draft, { id: input.messageId, conversationId: input.conversationId, by: input.actorId, message });
    const act = { actorId: input.actorId, address: input.address ?? '' };
    if (author !== input.actorId && !leads) audit(draft, act, { action: 'message.deleted', target: input.messageId });
    return { changed: true };
  },
});

interface Doomed {
  readonly id: string;
  readonly conversationId: string;
  readonly by: string;
  readonly message: Pick<Stored<'message'>, 'author_id' | 'seq' | 'created_at'>;
}

/** Leaves the place and the author of a message, and nothing of what it said. Whoever calls has seen to it that it may be. */
export function tombstone(draft: Draft, { id: messageId, conversationId, by, message }: Doomed): void {
  const id = bytesOf(messageId);
  draft.update('message', { text: null, digest: null, mentions: null, deleted_at: draft.now, deleted_by: bytesOf(by) }, { id });
  for (const table of ['revision', 'reaction', 'pin', 'mention'] as const) draft.delete(table, { message_id: id });
  draft.update('attachment', { removed_at: draft.now }, { message_id: id });
  uncounted(draft, { conversationId, authorId: idOf(message.author_id), at: Number(message.created_at) });
  draft.event({ stream: conversationId, type: 'message.deleted', actor: by, subject: messageId, number: Number(message.seq) });
}
