import type { Client } from '@koreromai/client';
import type { Conversation } from '@koreromai/contract';
import { hideChat, isMuted, notify } from '../people/chat-verbs.ts';
import { type MuteSpan, mutedUntil } from '../people/muting.ts';

export type ChatVerb = 'read' | 'unread' | 'mute' | 'unmute' | 'details' | 'hide';

/** What one may do with a chat from the list. Of a room there is more behind its details. */
export function chatVerbs(conversation: Conversation, meId: string, now: number): ChatVerb[] {
  const last = conversation.lastMessage;
  const theirs = last !== null && !last.deleted && last.author.id !== meId; // what I wrote myself cannot be unread (N1)
  return [
    ...(conversation.unreadCount > 0 ? (['read'] as const) : theirs ? (['unread'] as const) : []),
    isMuted(conversation.notifications, now) ? 'unmute' : 'mute',
    'details',
    ...(conversation.kind === 'room' ? [] : (['hide'] as const)),
  ];
}

/**
 * Does it, the same way as the details and the keys do; mutes for as long as `span` says. Rejects with what the server refuses;
 * `details` is the caller's.
 */
export async function doChatVerb(
  verb: Exclude<ChatVerb, 'details'>,
  conversation: Conversation,
  client: Client,
  span: MuteSpan = 'forever',
): Promise<void> {
  const { id, notifications } = conversation;
  switch (verb) {
    case 'read':
      return client.markRead(id, conversation.seq);
    case 'unread':
      return client.markUnread(id, conversation.lastMessage?.seq ?? conversation.seq);
    case 'mute':
      return void (await notify(client, id, { ...notifications, mutedUntil: mutedUntil(span, Date.now()) }));
    case 'unmute':
      return void (await notify(client, id, { level: notifications.level === 'none' ? 'all' : notifications.level, mutedUntil: null }));
    case 'hide':
      return hideChat(client, id);
  }
}
