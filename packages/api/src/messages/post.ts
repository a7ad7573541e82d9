import { limits, type Message, Refusal, type User } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { counted } from '../analytics/count.ts';
import { isoOf } from '../users/view.ts';

export interface Post {
  readonly id: string;
  readonly conversationId: string;
  readonly author: User;
  /** Normalised, not empty, within the bound. */
  readonly text: string;
}

interface Stored {
  readonly author: string;
  readonly conversation: string;
  readonly seq: number;
  readonly text: string | null;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly editedAt: number | null;
  readonly deleted: boolean;
}

/**
 * The post: message, event and counter, nothing else. Idempotent for ever by the sender's id (G3): the same again gives the
 * original, another text under it is refused. Membership is read under the stream's lock, so a removal and a post have one order.
 */
export const messagePosted = changeKind<Post, { message: Message; replayed: boolean }>()({
  name: 'message.posted',
  alone: false,
  streams: (input) => [input.conversationId],
  size: (input) => input.text.length * 3 + 400,
  lookups: (inputs) => ({
    inside: lookup(
      'span',
      ['conversation_id', 'user_id'],
      ['conversation_id', 'open'],
      [...new Set(inputs.map((i) => i.conversationId))].map((id) => [bytesOf(id), 1]),
    ),
    repeats: lookup(
      'message',
      ['id', 'author_id', 'conversation_id', 'seq', 'text', 'version', 'created_at', 'updated_at', 'edited_at', 'deleted_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.id)]),
    ),
  }),
  facts(found) {
    const inside = new Map<string, Set<string>>();
    for (const row of found.inside) {
      const id = idOf(row.conversation_id);
      inside.set(id, (inside.get(id) ?? new Set()).add(idOf(row.user_id)));
    }
    const stored = found.repeats.map((r): [string, Stored] => [
      idOf(r.id),
      {
        author: idOf(r.author_id),
        conversation: idOf(r.conversation_id),
        seq: Number(r.seq),
        text: r.text,
        version: r.version,
        createdAt: Number(r.created_at),
        updatedAt: Number(r.updated_at),
        editedAt: r.edited_at === null ? null : Number(r.edited_at),
        deleted: r.deleted_at !== null,
      },
    ]);
    return { inside, stored: new Map(stored) };
  },
  decide(input, facts, draft) {
    const inside = facts.inside.get(input.conversationId);
    if (!inside?.has(input.author.id)) throw new Refusal('NOT_FOUND');
    const before = facts.stored.get(input.id);
    if (before) {
      const same = before.author === input.author.id && before.conversation === input.conversationId && before.text === input.text;
      if (!same) throw new Refusal('IDEMPOTENCY_MISMATCH');
      return { message: viewOf(input, before), replayed: true };
    }
    if (inside.size < limits.group.minActiveToPost) throw new Refusal('GROUP_UNDERFULL');
    const now = draft.now;
    const stored = {
      author: input.author.id,
      conversation: input.conversationId,
      seq: draft.head(input.conversationId) + 1,
      text: input.text,
      version: 1,
    };
    const message = { ...stored, createdAt: now, updatedAt: now, editedAt: null, deleted: false };
    const view = viewOf(input, message);
    draft.event({
      stream: input.conversationId,
      type: 'message.created',
      actor: input.author.id,
      subject: input.id,
      view: (place) => ({ ...place, type: 'message.created', message: view }),
    });
    draft.insert('message', {
      conversation_id: bytesOf(input.conversationId),
      seq: message.seq,
      id: bytesOf(input.id),
      author_id: bytesOf(input.author.id),
      text: input.text,
      version: 1,
      created_at: now,
      updated_at: now,
    });
    counted(draft, { conversationId: input.conversationId, authorId: input.author.id, at: now });
    facts.stored.set(input.id, message); // a repeat may wait in the same batch
    return { message: view, replayed: false };
  },
});

const viewOf = (input: Post, stored: Stored): Message => ({
  id: input.id,
  conversationId: stored.conversation,
  seq: stored.seq,
  author: input.author,
  text: stored.deleted ? null : stored.text,
  createdAt: isoOf(stored.createdAt),
  updatedAt: isoOf(stored.updatedAt),
  editedAt: stored.editedAt === null ? null : isoOf(stored.editedAt),
  version: stored.version,
  deleted: stored.deleted,
});
