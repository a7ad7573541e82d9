import type { State, Timeline } from '@koreromai/client';
import type { Conversation, Member, Message, Self, User } from '@koreromai/contract';

/** The people of every test. */
export const person = (name: string): User => ({
  id: `person-${name.toLowerCase()}`,
  username: name.toLowerCase(),
  name,
  bio: '',
  avatarUrl: null,
  bot: false,
  createdAt: '2026-01-01T00:00:00.000Z',
});

export const aroha = person('Aroha');
export const ben = person('Ben');
export const mere = person('Mere');
export const tama = person('Tama');
export const me: Self = { ...aroha, email: 'aroha@example.org', role: 'user' };

export const member = (
  user: User,
  role: Member['role'] = 'member',
  joinedAt = '2026-01-01T00:00:00.000Z',
  addedBy: string | null = null,
): Member => ({ user, role, joinedAt, addedBy });

export const group = (parts: Partial<Conversation> = {}): Conversation => ({
  id: 'group',
  kind: 'group',
  name: null,
  createdAt: '2026-11-01T00:00:00.000Z',
  owner: aroha,
  members: [member(aroha, 'owner'), member(ben), member(mere)],
  pending: [],
  seats: 3,
  seq: 0,
  unreadCount: 0,
  mentionCount: 0,
  lastReadSeq: 0,
  lastMessage: null,
  myRole: 'owner',
  state: 'open',
  addPolicy: 'owner',
  notifications: { level: 'all', mutedUntil: null },
  hidden: false,
  access: null,
  ...parts,
});

export const message = (parts: Partial<Message> & { seq: number }): Message => ({
  id: `message-${parts.seq}`,
  conversationId: 'group',
  author: ben,
  text: `Message ${parts.seq}`,
  createdAt: '2026-11-21T01:00:00.000Z',
  updatedAt: '2026-11-21T01:00:00.000Z',
  editedAt: null,
  version: 1,
  deleted: false,
  replyTo: null,
  mentions: [],
  attachments: [],
  reactions: [],
  likeCount: 0,
  likedByMe: false,
  pinned: false,
  ...parts,
});

export const timeline = (messages: Message[], parts: Partial<Timeline> = {}): Timeline => ({
  messages,
  fromSeq: messages[0]?.seq ?? 0,
  toSeq: messages.at(-1)?.seq ?? 0,
  nextCursor: null,
  complete: true,
  loading: false,
  error: null,
  ...parts,
});

export const signedIn = (parts: Partial<State> = {}): Partial<State> => ({
  connection: { status: 'live' },
  me,
  sessionId: 'session',
  ...parts,
});
