import {
  type Attachment,
  type Conversation,
  type Frame,
  type Message,
  type Page,
  Refusal,
  type Self,
  type Snapshot,
  type User,
} from '@koreromai/contract';
import type { Body, Entry } from './log.ts';
import { type Chat, idsOf, seatsOf, visibleTo, type World } from './world.ts';

export interface Change {
  name?: string | null | undefined;
  add?: string[] | undefined;
  remove?: string[] | undefined;
}

/** What one person may do in a world. */
export function as(world: World, person: Self) {
  const me = person.id;
  const { log, now } = world;

  const chatOf = (id: string): Chat => {
    const chat = world.chats.get(id);
    if (!chat || (chat.kind !== 'room' && !idsOf(chat).includes(me))) throw new Refusal('NOT_FOUND');
    return chat;
  };
  const mine = () => [...world.chats.values()].filter((chat) => idsOf(chat).includes(me)).reverse();
  const tell = (chat: Chat, body: Body) => log.record(chat.id, idsOf(chat), body);

  function enter(chat: Chat, user: User, role: 'owner' | 'member', addedBy: string | null = null): void {
    const member = { user, role, joinedAt: now(), addedBy };
    chat.members = [...chat.members, member];
    tell(chat, { type: 'member.added', member, seats: seatsOf(chat) });
    log.record(user.id, [user.id], { type: 'you.added', conversation: world.view(chat, user.id) });
  }
  function expel(chat: Chat, userId: string, reason: 'left' | 'removed'): void {
    chat.members = chat.members.filter((member) => member.user.id !== userId);
    const what = { userId, seats: seatsOf(chat) };
    tell(chat, reason === 'left' ? { ...what, type: 'member.left' } : { ...what, type: 'member.removed', removedBy: me });
    log.record(userId, [userId], { type: 'you.removed', conversationId: chat.id, reason });
    const heir = chat.members[0];
    if (chat.owner?.id !== userId || !heir) return;
    chat.owner = heir.user;
    chat.members = chat.members.map((member) => (member === heir ? { ...member, role: 'owner' } : member));
    tell(chat, { type: 'owner.changed', userId: heir.user.id });
  }
  function invite(chat: Chat, email: string): void {
    const held = chat.pending.get(me) ?? [];
    const pending = [...held, { id: world.newId(), email, status: 'pending' as const, link: `/join/${email}`, expiresAt: now() }];
    chat.pending.set(me, pending);
    tell(chat, { type: 'invitation.created', seats: seatsOf(chat) });
    log.record(me, [me], { type: 'pending.changed', conversationId: chat.id, pending });
  }

  return {
    me: person,
    snapshot(limit = 50): Snapshot {
      const { items, nextCursor } = this.list(null, limit);
      return { me: person, sessionId: me, pos: log.cursor, userSeq: log.headOf(me), conversations: items, nextCursor };
    },
    list: (cursor: string | null, limit: number): Page<Conversation> => {
      const all = mine().map((chat) => world.view(chat, me));
      const end = Number(cursor ?? 0) + limit;
      return { items: all.slice(Number(cursor ?? 0), end), nextCursor: end < all.length ? String(end) : null };
    },
    get: (id: string): Conversation => world.view(chatOf(id), me),
    create(kind: Chat['kind'], persons: string[], name: string | null): Conversation {
      const self = world.userOf(me);
      const chat: Chat = {
        id: world.newId(),
        kind,
        name,
        createdAt: now(),
        owner: kind === 'direct' ? null : self,
        members: [],
        pending: new Map(),
        messages: [],
      };
      world.chats.set(chat.id, chat);
      tell(chat, { type: 'conversation.created' });
      if (self && kind !== 'room') enter(chat, self, kind === 'group' ? 'owner' : 'member');
      for (const user of persons.map(world.userOf)) if (user) enter(chat, user, 'member');
      for (const email of persons.filter((key) => !world.userOf(key))) invite(chat, email);
      return world.view(chat, me);
    },
    update(id: string, change: Change): Conversation {
      const chat = chatOf(id);
      if (change.name !== undefined) {
        chat.name = change.name;
        tell(chat, { type: 'conversation.updated', name: change.name, addPolicy: 'owner' });
      }
      for (const key of change.add ?? []) {
        const user = world.userOf(key);
        if (!user) invite(chat, key);
        else if (!idsOf(chat).includes(user.id)) enter(chat, user, 'member', me);
      }
      for (const userId of change.remove ?? []) if (idsOf(chat).includes(userId)) expel(chat, userId, 'removed');
      return world.view(chat, me);
    },
    leave: (id: string): void => expel(chatOf(id), me, 'left'),
    post(
      conversationId: string,
      id: string,
      text: string,
      enclosed: { replyToId?: string | undefined; attachmentIds?: string[] | undefined } = {},
    ): { message: Message; replayed: boolean } {
      const chat = chatOf(conversationId);
      const stored = chat.messages.find(({ message }) => message.id === id)?.message;
      if (stored && stored.text !== text) throw new Refusal('IDEMPOTENCY_MISMATCH');
      if (stored) return { message: stored, replayed: true };
      const author = world.userOf(me);
      if (!author || (chat.kind !== 'room' && chat.members.length < 2)) throw new Refusal('GROUP_UNDERFULL');
      const at = now();
      const seq = log.headOf(chat.id) + 1;
      const message: Message = {
        id,
        conversationId,
        seq,
        author,
        text,
        createdAt: at,
        updatedAt: at,
        editedAt: null,
        version: 1,
        deleted: false,
        replyTo: quoteOf(chat.messages.find((said) => said.message.id === enclosed.replyToId)?.message, enclosed.replyToId),
        mentions: [],
        attachments: (enclosed.attachmentIds ?? []).map(fileOf),
        reactions: [],
        likeCount: 0,
        likedByMe: false,
        pinned: false,
      };
      chat.messages.push({ message, to: new Set(chat.kind === 'room' ? world.people.keys() : idsOf(chat)), reactions: [] });
      tell(chat, { type: 'message.created', message });
      return { message, replayed: false };
    },
    /** Newest first. The cursor is the seq of the last message given. */
    messages(id: string, cursor: string | null, limit: number): Page<Message> {
      const older = visibleTo(chatOf(id), me).filter((message) => cursor === null || message.seq < Number(cursor));
      const items = older.slice(-limit).reverse();
      return { items, nextCursor: items.length < older.length ? String(items.at(-1)?.seq) : null };
    },
    read(id: string, asked: number): void {
      const chat = chatOf(id);
      const readSeq = Math.min(asked, log.headOf(id));
      if (readSeq <= world.view(chat, me).lastReadSeq) return;
      world.read(id, me, readSeq);
      log.record(me, [me], { type: 'read.moved', conversationId: id, readSeq });
    },
    revoke: (sessionId: string): void => log.record(me, [me], { type: 'session.revoked', sessionId }),
    frameFor({ to, event }: Entry, watched: ReadonlySet<string> = new Set()): Frame | null {
      const chat = world.chats.get(event.stream);
      if (!chat) return to.has(me) ? event : null;
      if (chat.kind === 'room') return watched.has(chat.id) ? event : null;
      if (!idsOf(chat).includes(me)) return null;
      return to.has(me) ? event : { type: 'skip', stream: event.stream, fromSeq: event.seq, toSeq: event.seq };
    },
    feed(cursor: string | null, signal: AbortSignal, watched?: ReadonlySet<string>) {
      return log.feed(cursor, (entry) => this.frameFor(entry, watched), signal);
    },
  };
}
export type Caller = ReturnType<typeof as>;

const quoteOf = (message: Message | undefined, asked: string | undefined): Message['replyTo'] => {
  if (asked === undefined) return null;
  return message
    ? { id: message.id, seq: message.seq, author: message.author, text: message.text, deleted: message.deleted }
    : { unavailable: true };
};

/** A file that was uploaded before. */
export const fileOf = (id: string): Attachment => ({
  ...{ id, name: 'kiwi.png', type: 'image/png', size: 68, width: 8, height: 6 },
  ...{ url: `/api/v1/attachments/${id}`, thumbnail: null, description: null, createdAt: '2026-11-21T00:00:00.000Z' },
});
