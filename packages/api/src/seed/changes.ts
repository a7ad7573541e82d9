import { roomNameKey } from '@koreromai/contract';
import { bytesOf, handleOf, idOf, lookup, type Stored } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { counted } from '../analytics/count.ts';
import { beginDirect } from '../conversations/create.ts';
import { openSpan } from '../conversations/seats.ts';
import { takeHandle, writeWords } from '../users/names.ts';
import type { Plan, SeedConversation, SeedMessage } from './plan.ts';
import { SeedRefused } from './refused.ts';

/** The people, all with one password. Done again it does nothing. Throws SeedRefused where one of their names is somebody else's. */
export const peopleSeeded = changeKind<Pick<Plan, 'people' | 'since'> & { passwordHash: string }, void>()({
  name: 'seed.people',
  alone: true,
  streams: () => [],
  lookups: ([input]) => ({
    there: lookup('user', ['id'], ['id'], input?.people.map((p) => [bytesOf(p.id)]) ?? []),
    emails: lookup('user', ['email'], ['email'], input?.people.map((p) => [p.email]) ?? []),
    handles: lookup('handle', ['user_id'], ['skeleton_hash'], input?.people.map((p) => [handleOf(p.username)]) ?? []),
    founder: lookup('user', ['id'], ['founder'], [[1]]),
  }),
  facts: (found) => found,
  decide({ people, since, passwordHash }, { there, emails, handles, founder }, draft) {
    if (there.length > 0) return;
    if (emails.length + handles.length > 0)
      throw new SeedRefused('Somebody here has a name that the people of the seed have: seed an empty instance.');
    people.forEach(({ id, username, email, name }, i) => {
      const first = i === 0 && founder.length === 0;
      draft.insert('user', {
        ...{ id: bytesOf(id), username, email, name, bio: '', role: first ? 'admin' : 'user', founder: first ? 1 : null },
        ...{ password_hash: passwordHash, created_at: since + i, deleted_at: null },
        mails: 0, // nobody reads at those addresses
      });
      takeHandle(draft, id, username);
      writeWords(draft, id, name, username);
      draft.insert('stream', { id: bytesOf(id) }, 'ignore');
    });
  },
});

/** Conversations with the people who are in them from the beginning. */
export const conversationsSeeded = changeKind<{ since: number; conversations: readonly SeedConversation[] }, void>()({
  name: 'seed.conversations',
  alone: true,
  streams: ({ conversations }) => [...new Set(conversations.flatMap((c) => [c.id, ...c.people]))],
  lookups: ([input]) => ({ there: lookup('conversation', ['id'], ['id'], input?.conversations.map((c) => [bytesOf(c.id)]) ?? []) }),
  facts: (found) => found.there.length > 0,
  decide({ since, conversations }, there, draft) {
    if (there) return;
    draft.dated(since, () => {
      for (const conversation of conversations) begin(draft, conversation);
    });
  },
});

function begin(draft: Draft, { id, kind, name, people }: SeedConversation): void {
  const [founder = '', other = ''] = people;
  if (kind === 'direct') {
    beginDirect(draft, id, founder, other);
    return;
  }
  const room = kind === 'room' && name !== null ? { name_key: roomNameKey(name), access: 'public', listed: 1, password_version: 1 } : {};
  draft.insert('conversation', {
    ...{ id: bytesOf(id), kind, name, owner_id: bytesOf(founder), direct_key: null, created_at: draft.now, closed_at: null },
    ...room,
  });
  draft.event({ stream: id, type: 'conversation.created', actor: founder });
  for (const userId of people) {
    const role = userId === founder ? 'owner' : 'member';
    openSpan(draft, { conversationId: id, room: kind === 'room', userId, role, addedBy: founder, founder: true });
  }
}

/** A stretch of messages in order of time. They are counted by the quarter-hour as every post is; days follow by the log. */
export const messagesSeeded = changeKind<readonly SeedMessage[], void>()({
  name: 'seed.messages',
  alone: true,
  streams: (messages) => [...new Set(messages.map((m) => m.conversationId))],
  lookups: ([messages]) => ({ there: lookup('message', ['id'], ['id'], messages?.slice(0, 1).map((m) => [bytesOf(m.id)]) ?? []) }),
  facts: (found) => found.there.length > 0,
  decide(messages, there, draft) {
    if (there) return;
    for (const { id, conversationId, authorId, text, at } of messages) {
      draft.dated(at, () => {
        const seq = draft.event({ stream: conversationId, type: 'message.created', actor: authorId, subject: id });
        draft.insert('message', {
          ...{ conversation_id: bytesOf(conversationId), seq, id: bytesOf(id), author_id: bytesOf(authorId), text },
          ...{ version: 1, created_at: at, updated_at: at, reply_to_id: null, digest: null },
        });
        counted(draft, { conversationId, authorId, at });
      });
    }
  },
});

/** How far everybody has read: most have read all, a few have some to read yet. */
export const readingSeeded = changeKind<readonly SeedConversation[], void>()({
  name: 'seed.reading',
  alone: true,
  streams: (conversations) => conversations.map((c) => c.id),
  lookups: ([conversations]) => ({
    there: lookup(
      'member_state',
      ['user_id', 'conversation_id'],
      ['user_id', 'conversation_id'],
      conversations?.flatMap((c) => c.people.map((p) => [bytesOf(p), bytesOf(c.id)])) ?? [],
    ),
  }),
  facts: ({ there }: { there: Pick<Stored<'member_state'>, 'user_id' | 'conversation_id'>[] }) =>
    new Set(there.map((s) => `${idOf(s.user_id)} ${idOf(s.conversation_id)}`)),
  decide(conversations, there, draft) {
    for (const { id, people } of conversations) {
      const head = draft.head(id);
      people.forEach((userId, i) => {
        if (there.has(`${userId} ${id}`)) return; // read by somebody real meanwhile, or a rerun
        const unread = i % 4 === 3 ? Math.min(i, head) : 0;
        draft.insert('member_state', { user_id: bytesOf(userId), conversation_id: bytesOf(id), last_read_seq: head - unread }, 'ignore');
      });
    }
  },
});
