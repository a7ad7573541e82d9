import type { Conversation, Member, Message, Pending, Self, User } from '@koreromai/contract';
import { uuidv7 } from '../uuid.ts';
import { createLog } from './log.ts';

export interface Chat {
  id: string;
  kind: Conversation['kind'];
  name: string | null;
  createdAt: string;
  owner: User | null;
  members: Member[];
  /** Inviter → the seats they keep for others. */
  pending: Map<string, Pending[]>;
  messages: Said[];
}

export interface Said {
  message: Message;
  to: Set<string>;
  /** Whose they are; likes among them. */
  reactions: { userId: string; emoji: string }[];
}

/** A server's truth in memory, as small as the promises of the real one allow. `as(world, id)` is what one person may do in it. */
export function createWorld() {
  let ticks = Date.UTC(2026, 10, 21);
  const now = () => {
    ticks += 1_000;
    return new Date(ticks).toISOString();
  };
  const people = new Map<string, Self>();
  const chats = new Map<string, Chat>();
  const reads = new Map<string, number>();
  const log = createLog(now);
  /** By user, then by conversation. */
  const drafts = new Map<string, Map<string, string>>();

  return {
    people,
    chats,
    log,
    drafts,
    now,
    newId: () => uuidv7(ticks),
    addPerson(name: string): Self {
      const person: Self = {
        id: uuidv7(ticks),
        username: name,
        name,
        bio: '',
        avatarUrl: null,
        bot: false,
        createdAt: now(),
        email: `${name}@example.org`,
        role: 'user',
      };
      people.set(person.id, person);
      return person;
    },
    /** By id, `@username` or e-mail address. */
    userOf(key: string): User | null {
      const found = people.get(key) ?? [...people.values()].find((person) => person.email === key || `@${person.username}` === key);
      return found
        ? {
            id: found.id,
            username: found.username,
            name: found.name,
            bio: found.bio,
            avatarUrl: found.avatarUrl,
            bot: found.bot,
            createdAt: found.createdAt,
          }
        : null;
    },
    readOf: (chatId: string, userId: string): number => reads.get(`${userId} ${chatId}`) ?? 0,
    read(chatId: string, userId: string, seq: number): void {
      reads.set(`${userId} ${chatId}`, seq);
    },
    view(chat: Chat, viewer: string): Conversation {
      const visible = visibleTo(chat, viewer);
      const own = visible.findLast((message) => message.author.id === viewer)?.seq ?? 0;
      const lastReadSeq = Math.max(reads.get(`${viewer} ${chat.id}`) ?? 0, own);
      const unread = visible.filter((message) => message.author.id !== viewer && message.seq > lastReadSeq);
      return {
        id: chat.id,
        kind: chat.kind,
        access: chat.kind === 'room' ? 'public' : null,
        name: chat.name,
        createdAt: chat.createdAt,
        owner: chat.owner,
        members: chat.members,
        pending: chat.pending.get(viewer) ?? [],
        seats: seatsOf(chat),
        seq: log.headOf(chat.id),
        unreadCount: Math.min(100, unread.length),
        mentionCount: unread.filter((message) => message.mentions.some((named) => named.userId === viewer)).length,
        lastReadSeq,
        lastMessage: visible.at(-1) ?? null,
        myRole: chat.members.find((member) => member.user.id === viewer)?.role ?? 'member',
        state: chat.members.length < 2 && chat.kind !== 'room' ? 'underfull' : 'open',
        addPolicy: 'owner',
        notifications: { level: 'all', mutedUntil: null },
        hidden: false,
      };
    },
  };
}
export type World = ReturnType<typeof createWorld>;

export const idsOf = (chat: Chat) => chat.members.map((member) => member.user.id);
export const seatsOf = (chat: Chat) => chat.members.length + [...chat.pending.values()].flat().length;
export const visibleTo = (chat: Chat, viewer: string) =>
  chat.messages.filter(({ to }) => to.has(viewer)).map((said) => seenBy(said, viewer));

/** With whose reactions are the viewer's. */
export function seenBy({ message, reactions }: Said, viewer: string): Message {
  const mine = (emoji: string) => reactions.some((r) => r.userId === viewer && r.emoji === emoji);
  return { ...message, reactions: message.reactions.map((r) => ({ ...r, mine: mine(r.emoji) })), likedByMe: mine('like') };
}
