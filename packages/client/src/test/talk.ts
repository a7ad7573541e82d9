import { like, type Message, type Page, Refusal, type Self, type User } from '@koreromai/contract';
import type { Body } from './log.ts';
import { type Chat, idsOf, type Said, seenBy, type World } from './world.ts';

/** What one person may do to messages that stand, and what the server keeps of how they read and write. */
export function talkOf(world: World, person: Self) {
  const me = person.id;
  const { log, now } = world;

  function find(messageId: string): { chat: Chat; said: Said } {
    for (const chat of world.chats.values()) {
      const said = chat.messages.find(({ message }) => message.id === messageId);
      if (said) return { chat, said };
    }
    throw new Refusal('NOT_FOUND');
  }
  const tell = (chat: Chat, said: Said, body: Body) => log.record(chat.id, said.to, body);
  const toMe = (body: Body) => log.record(me, [me], body);

  return {
    get: (messageId: string): Message => seenBy(find(messageId).said, me),
    edit(messageId: string, text: string, expected?: number): Message {
      const { chat, said } = find(messageId);
      const { message } = said;
      if (message.deleted) throw new Refusal('MESSAGE_DELETED');
      if (message.author.id !== me) throw new Refusal('NOT_AUTHOR');
      if (text === '') throw new Refusal('EMPTY_MESSAGE');
      if (expected !== undefined && expected !== message.version) throw new Refusal('VERSION_CONFLICT');
      const at = now();
      said.message = { ...message, text, version: message.version + 1, editedAt: at, updatedAt: at };
      tell(chat, said, { type: 'message.updated', message: said.message });
      return seenBy(said, me);
    },
    remove(messageId: string, whose: 'everyone' | 'me' | undefined): void {
      const { chat, said } = find(messageId);
      const { seq: messageSeq } = said.message;
      if (whose === 'me') {
        said.to.delete(me);
        toMe({ type: 'message.hidden', conversationId: chat.id, messageId });
        return;
      }
      if (said.message.author.id !== me) throw new Refusal('FORBIDDEN');
      said.message = { ...said.message, text: null, deleted: true };
      tell(chat, said, { type: 'message.deleted', messageId, messageSeq });
    },
    unhide(messageId: string): void {
      const { chat, said } = find(messageId);
      said.to.add(me);
      toMe({ type: 'message.unhidden', conversationId: chat.id, messageId });
    },
    react(messageId: string, emoji: string, on: boolean): Message {
      const { chat, said } = find(messageId);
      if (said.message.deleted) throw new Refusal('MESSAGE_DELETED');
      const others = said.reactions.filter((r) => r.userId !== me || r.emoji !== emoji);
      said.reactions = on ? [...others, { userId: me, emoji }] : others;
      const emojis = said.reactions.filter((r) => r.userId === me).map((r) => r.emoji);
      const counts = new Map<string, number>();
      for (const r of said.reactions) counts.set(r.emoji, (counts.get(r.emoji) ?? 0) + 1);
      const likeCount = counts.get(like) ?? 0;
      counts.delete(like);
      const reactions = [...counts].map(([each, count]) => ({ emoji: each, count }));
      said.message = { ...said.message, likeCount, reactions: reactions.map((r) => ({ ...r, mine: false })) };
      const target = { messageId, messageSeq: said.message.seq };
      tell(chat, said, { type: on ? 'reaction.added' : 'reaction.removed', ...target, userId: me, emojis, reactions, likeCount });
      return seenBy(said, me);
    },
    drafts(): Page<{ conversationId: string; text: string; at: string }> {
      const mine = [...(world.drafts.get(me) ?? [])];
      return { items: mine.map(([conversationId, text]) => ({ conversationId, text, at: now() })), nextCursor: null };
    },
    draft(conversationId: string, text: string): void {
      const mine = world.drafts.get(me) ?? new Map<string, string>();
      world.drafts.set(me, mine);
      if ((mine.get(conversationId) ?? '') === text) return;
      if (text === '') mine.delete(conversationId);
      else mine.set(conversationId, text);
      toMe({ type: 'draft.changed', conversationId, draft: text || null });
    },
    reads(conversationId: string): Page<{ user: User; lastReadSeq: number }> {
      const chat = world.chats.get(conversationId);
      const others = chat ? idsOf(chat).filter((id) => id !== me) : [];
      const items = others.flatMap((id) => {
        const user = world.userOf(id);
        return user ? [{ user, lastReadSeq: world.readOf(conversationId, id) }] : [];
      });
      return { items, nextCursor: null };
    },
  };
}
export type Talk = ReturnType<typeof talkOf>;
