import {
  type Conversation,
  type Frame,
  type Member,
  type Message,
  type Pending,
  Refusal,
  type Self,
  type Snapshot,
  type StreamEvent,
  type User,
} from '@koreromai/contract';
import { uuidv7 } from '../uuid.ts';

/** What an event is before the log gives it its place. */
type Body<Event> = Event extends StreamEvent ? Omit<Event, 'stream' | 'seq' | 'at'> : never;
interface Entry {
  pos: number;
  to: ReadonlySet<string>;
  event: StreamEvent;
}
interface Chat {
  id: string;
  kind: 'direct' | 'group';
  name: string | null;
  createdAt: string;
  owner: User | null;
  members: Member[];
  pending: Map<string, Pending[]>;
  messages: Message[];
  spans: Map<string, number>;
}

/**
 * A server's truth in memory, as small as the promises of the real one allow: dense seqs per stream, one pos for all,
 * a log that is replayed. `as(userId)` is what one person may do; every screen test compares with it.
 */
export function createWorld() {
  const people = new Map<string, Self>();
  const chats = new Map<string, Chat>();
  const heads = new Map<string, number>();
  const reads = new Map<string, number>();
  const log: Entry[] = [];
  const listeners = new Set<(entry: Entry) => void>();
  let ticks = Date.UTC(2026, 10, 21);
  const now = () => {
    ticks += 1_000;
    return new Date(ticks).toISOString();
  };
  const headOf = (stream: string) => heads.get(stream) ?? 0;

  function record(stream: string, to: Iterable<string>, body: Body<StreamEvent>): void {
    const place = { stream, seq: headOf(stream) + 1, at: now() };
    heads.set(stream, place.seq);
    const entry: Entry = { pos: log.length + 1, to: new Set(to), event: { ...place, ...body } };
    log.push(entry);
    for (const listener of [...listeners]) listener(entry);
  }

  const idsOf = (chat: Chat) => chat.members.map((member) => member.user.id);
  const pendingOf = (chat: Chat) => [...chat.pending.values()].flat();
  const seatsOf = (chat: Chat) => chat.members.length + pendingOf(chat).length;

  function addPerson(name: string): Self {
    const person: Self = {
      id: uuidv7(Date.parse(now())),
      username: name,
      name,
      bio: '',
      createdAt: now(),
      email: `${name}@example.org`,
      role: 'user',
    };
    people.set(person.id, person);
    return person;
  }
  const userOf = (key: string): User | null => {
    const found = people.get(key) ?? [...people.values()].find((person) => person.email === key || `@${person.username}` === key);
    return found ? { id: found.id, username: found.username, name: found.name, bio: found.bio, createdAt: found.createdAt } : null;
  };

  function view(chat: Chat, viewer: string): Conversation {
    const readSeq = Math.max(
      reads.get(`${viewer} ${chat.id}`) ?? 0,
      chat.messages.findLast((message) => message.author.id === viewer)?.seq ?? 0,
    );
    const visible = chat.messages.filter((message) => message.seq >= (chat.spans.get(viewer) ?? 0));
    return {
      id: chat.id,
      kind: chat.kind,
      name: chat.name,
      createdAt: chat.createdAt,
      owner: chat.owner,
      members: [...chat.members],
      pending: [...(chat.pending.get(viewer) ?? [])],
      seats: seatsOf(chat),
      seq: headOf(chat.id),
      unreadCount: Math.min(100, visible.filter((message) => message.author.id !== viewer && message.seq > readSeq).length),
      lastReadSeq: readSeq,
      lastMessage: visible.at(-1) ?? null,
      myRole: chat.members.find((member) => member.user.id === viewer)?.role ?? 'member',
      state: chat.members.length < 2 ? 'underfull' : 'open',
    };
  }

  function as(me: string) {
    const chatOf = (id: string): Chat => {
      const chat = chats.get(id);
      if (!chat || !idsOf(chat).includes(me)) throw new Refusal('NOT_FOUND');
      return chat;
    };
    const mine = () => [...chats.values()].filter((chat) => idsOf(chat).includes(me)).reverse();
    const enter = (chat: Chat, user: User) => {
      chat.members.push({ user, role: 'member', joinedAt: now() });
      chat.spans.set(user.id, headOf(chat.id) + 1);
      record(chat.id, idsOf(chat), { type: 'member.added', member: { user, role: 'member', joinedAt: ticksAt() }, seats: seatsOf(chat) });
    };
    const ticksAt = () => new Date(ticks).toISOString();
    const welcome = (chat: Chat, id: string) => record(id, [id], { type: 'you.added', conversation: view(chat, id) });
    const expel = (chat: Chat, userId: string, reason: 'left' | 'removed') => {
      chat.members = chat.members.filter((member) => member.user.id !== userId);
      record(chat.id, idsOf(chat), { type: reason === 'left' ? 'member.left' : 'member.removed', userId, seats: seatsOf(chat) });
      record(userId, [userId], { type: 'you.removed', conversationId: chat.id, reason });
    };
    const invite = (chat: Chat, email: string) => {
      const pending: Pending = { id: uuidv7(ticks), email, status: 'pending', link: `/i/${email}`, expiresAt: now() };
      const list = [...(chat.pending.get(me) ?? []), pending];
      chat.pending.set(me, list);
      record(chat.id, idsOf(chat), { type: 'invitation.created', seats: seatsOf(chat) });
      record(me, [me], { type: 'pending.changed', conversationId: chat.id, pending: list });
    };
    const add = (chat: Chat, person: string) => {
      const user = userOf(person);
      if (!user) return invite(chat, person);
      if (idsOf(chat).includes(user.id)) return;
      enter(chat, user);
      welcome(chat, user.id);
    };
    return {
      me: (): Self => people.get(me) ?? addPerson('nobody'),
      snapshot(limit = 50): Snapshot {
        const items = mine();
        return {
          me: this.me(),
          sessionId: me,
          pos: seal(log.length),
          userSeq: headOf(me),
          conversations: items.slice(0, limit).map((chat) => view(chat, me)),
          nextCursor: items.length > limit ? String(limit) : null,
        };
      },
      list: (cursor: string | null | undefined, limit: number) =>
        page(
          mine().map((chat) => view(chat, me)),
          cursor,
          limit,
        ),
      get: (conversationId: string) => view(chatOf(conversationId), me),
      create(kind: 'direct' | 'group', persons: string[], name: string | null): Conversation {
        const chat: Chat = {
          id: uuidv7(ticks),
          kind,
          name,
          createdAt: now(),
          owner: kind === 'group' ? userOf(me) : null,
          members: [],
          pending: new Map(),
          messages: [],
          spans: new Map(),
        };
        chats.set(chat.id, chat);
        for (const user of [me, ...persons].map(userOf))
          if (user) chat.members.push({ user, role: user.id === me && kind === 'group' ? 'owner' : 'member', joinedAt: now() });
        record(chat.id, idsOf(chat), { type: 'conversation.created' });
        for (const id of idsOf(chat)) welcome(chat, id);
        for (const person of persons.filter((key) => !userOf(key))) invite(chat, person);
        return view(chat, me);
      },
      update(
        conversationId: string,
        change: { name?: string | null | undefined; add?: string[] | undefined; remove?: string[] | undefined },
      ): Conversation {
        const chat = chatOf(conversationId);
        if (change.name !== undefined) {
          chat.name = change.name;
          record(chat.id, idsOf(chat), { type: 'conversation.updated', name: change.name });
        }
        for (const person of change.add ?? []) add(chat, person);
        for (const userId of change.remove ?? []) if (idsOf(chat).includes(userId)) expel(chat, userId, 'removed');
        return view(chat, me);
      },
      leave: (conversationId: string) => expel(chatOf(conversationId), me, 'left'),
      post(conversationId: string, id: string, text: string): { message: Message; replayed: boolean } {
        const chat = chatOf(conversationId);
        const stored = chat.messages.find((message) => message.id === id);
        if (stored && stored.text !== text) throw new Refusal('IDEMPOTENCY_MISMATCH');
        if (stored) return { message: stored, replayed: true };
        if (chat.members.length < 2) throw new Refusal('GROUP_UNDERFULL');
        const author = userOf(me) ?? addPerson('nobody');
        const at = now();
        const message: Message = {
          id,
          conversationId,
          seq: headOf(chat.id) + 1,
          author,
          text,
          createdAt: at,
          updatedAt: at,
          editedAt: null,
          version: 1,
          deleted: false,
        };
        chat.messages.push(message);
        record(chat.id, idsOf(chat), { type: 'message.created', message });
        return { message, replayed: false };
      },
      messages(conversationId: string, cursor: string | null | undefined, limit: number) {
        const chat = chatOf(conversationId);
        return page(
          chat.messages.filter((message) => message.seq >= (chat.spans.get(me) ?? 0)).reverse(),
          cursor && cursorAfter(chat, me, cursor),
          limit,
          (last) => `s${last.seq}`,
        );
      },
      read(conversationId: string, seq: number) {
        const chat = chatOf(conversationId);
        const readSeq = Math.min(seq, headOf(chat.id));
        if (readSeq <= view(chat, me).lastReadSeq) return;
        reads.set(`${me} ${conversationId}`, readSeq);
        record(me, [me], { type: 'read.moved', conversationId, readSeq });
      },
      revoke: (sessionId: string) => record(me, [me], { type: 'session.revoked', sessionId }),
      async *feed(cursor: string | null | undefined, signal: AbortSignal): AsyncGenerator<[pos: string, frame: Frame]> {
        const queue: Entry[] = [];
        let wake = () => {};
        const listener = (entry: Entry) => {
          queue.push(entry);
          wake();
        };
        listeners.add(listener);
        signal.addEventListener('abort', () => wake(), { once: true });
        try {
          let pos = cursor ? unseal(cursor) : log.length;
          for (const entry of log.slice(pos)) {
            pos = entry.pos;
            const frame = frameFor(entry);
            if (frame) yield [seal(pos), frame];
          }
          yield [seal(pos), { type: 'checkpoint' }];
          while (!signal.aborted) {
            const entry = queue.shift();
            if (!entry) await new Promise<void>((resolve) => (wake = resolve));
            else if (entry.pos > pos) {
              pos = entry.pos;
              const frame = frameFor(entry);
              if (frame) yield [seal(pos), frame];
            }
          }
        } finally {
          listeners.delete(listener);
        }
      },
    };
    function frameFor({ to, event }: Entry): Frame | null {
      const chat = chats.get(event.stream);
      if (to.has(me) && (!chat || idsOf(chat).includes(me))) return event;
      if (!chat || !idsOf(chat).includes(me)) return null;
      return { type: 'skip', stream: event.stream, fromSeq: event.seq, toSeq: event.seq };
    }
  }

  return { addPerson, as, log, chats, headOf, byEmail: (email: string) => [...people.values()].find((person) => person.email === email) };
}

export type World = ReturnType<typeof createWorld>;
export type Caller = ReturnType<World['as']>;

const seal = (pos: number) => `p${pos}`;
const unseal = (pos: string) => Number(pos.slice(1));

const cursorAfter = (chat: { messages: Message[]; spans: Map<string, number> }, me: string, cursor: string): string =>
  String(chat.messages.filter((message) => message.seq >= (chat.spans.get(me) ?? 0) && message.seq >= Number(cursor.slice(1))).length);

function page<Item>(items: Item[], cursor: string | null | undefined, limit: number, cursorOf?: (last: Item) => string) {
  const start = cursor ? Number(cursor) : 0;
  const slice = items.slice(start, start + limit);
  const last = slice.at(-1);
  const more = start + limit < items.length && last !== undefined;
  return { items: slice, nextCursor: more ? (cursorOf?.(last) ?? String(start + limit)) : null };
}
