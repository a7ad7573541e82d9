import { Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
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
    const id = bytesOf(input.messageId);
    draft.update('message', { text: null, digest: null, deleted_at: draft.now, deleted_by: bytesOf(input.actorId) }, { id });
    for (const table of ['revision', 'reaction', 'pin', 'mention'] as const) draft.delete(table, { message_id: id });
    draft.update('attachment', { removed_at: draft.now }, { message_id: id });
    uncounted(draft, { conversationId: input.conversationId, authorId: author, at: Number(message.created_at) });
    draft.event({
      stream: input.conversationId,
      type: 'message.deleted',
      actor: input.actorId,
      subject: input.messageId,
      number: Number(message.seq),
    });
    const act = { actorId: input.actorId, address: input.address ?? '' };
    if (author !== input.actorId && !leads) audit(draft, act, { action: 'message.deleted', target: input.messageId });
    return { changed: true };
  },
});
