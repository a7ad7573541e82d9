import type { OutboxEntry, Refused } from '@koreromai/client';
import type { Message, Self } from '@koreromai/contract';

/** A message as it is drawn: stored, or still on its way. The id is the same before and after, so the bubble is too (UI2). */
export interface Bubble {
  readonly id: string;
  /** Null until the server has given it one. */
  readonly seq: number | null;
  readonly authorId: string;
  readonly authorName: string;
  /** Null: deleted. */
  readonly text: string | null;
  readonly createdAt: string;
  readonly mine: boolean;
  readonly status: 'sent' | OutboxEntry['status'];
  readonly error: Refused | null;
}

export const storedBubble = (message: Message, meId: string): Bubble => ({
  id: message.id,
  seq: message.seq,
  authorId: message.author.id,
  authorName: message.author.name,
  text: message.deleted ? null : message.text,
  createdAt: message.createdAt,
  mine: message.author.id === meId,
  status: 'sent',
  error: null,
});

export const unsentBubble = (entry: OutboxEntry, me: Self): Bubble => ({
  id: entry.id,
  seq: null,
  authorId: me.id,
  authorName: me.name,
  text: entry.text,
  createdAt: entry.createdAt,
  mine: true,
  status: entry.status,
  error: entry.error ?? null,
});
