import type { OutboxEntry, Refused } from '@koreromai/client';
import type { Attachment, Message, Quote, Self } from '@koreromai/contract';

/** A message as it is drawn: stored, or still on its way. The id is the same before and after, so the bubble is too (UI2). */
export interface Bubble {
  readonly id: string;
  /** Null until the server has given it one. */
  readonly seq: number | null;
  readonly authorId: string;
  readonly authorName: string;
  readonly byBot: boolean;
  /** Null: deleted. */
  readonly text: string | null;
  readonly edited: boolean;
  readonly quote: Quote | null;
  readonly files: readonly Attachment[];
  readonly createdAt: string;
  readonly mine: boolean;
  readonly status: 'sent' | OutboxEntry['status'];
  readonly error: Refused | null;
  /** As it is stored; null while it is on its way. */
  readonly message: Message | null;
}

export const storedBubble = (message: Message, meId: string): Bubble => ({
  id: message.id,
  seq: message.seq,
  authorId: message.author.id,
  authorName: message.author.name,
  byBot: message.author.bot,
  text: message.deleted ? null : message.text,
  edited: message.editedAt !== null && !message.deleted,
  quote: message.replyTo,
  files: message.attachments,
  createdAt: message.createdAt,
  mine: message.author.id === meId,
  status: 'sent',
  error: null,
  message,
});

export const unsentBubble = (entry: OutboxEntry, me: Self): Bubble => ({
  id: entry.id,
  seq: null,
  authorId: me.id,
  authorName: me.name,
  byBot: false,
  text: entry.text,
  edited: false,
  quote: entry.replyTo ?? null,
  files: entry.attachments ?? [],
  createdAt: entry.createdAt,
  mine: true,
  status: entry.status,
  error: entry.error ?? null,
  message: null,
});

/** The same bubble for the same message, so that what has not changed is not drawn again. */
export function remembered(make: (message: Message) => Bubble): (message: Message) => Bubble {
  const made = new WeakMap<Message, Bubble>();
  return (message) => {
    const bubble = made.get(message) ?? make(message);
    made.set(message, bubble);
    return bubble;
  };
}
