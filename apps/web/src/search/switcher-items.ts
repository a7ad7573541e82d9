import { type Conversation, conversationsByActivity, type State, type User } from '@koreromai/client';
import type { Room } from '@koreromai/contract';
import { matchSorter } from 'match-sorter';
import { othersIn, subtitleOf, titleOf } from '../conversations/naming.ts';

/** Somewhere one can go from the quick switcher. */
export type Goal =
  | { readonly kind: 'chat'; readonly id: string; readonly title: string; readonly note: string; readonly chat: Conversation }
  | { readonly kind: 'room'; readonly id: string; readonly title: string; readonly note: string; readonly room: Room }
  | { readonly kind: 'person'; readonly id: string; readonly title: string; readonly note: string; readonly user: User };

const MOST = 12;

/** My chats, the latest first. */
export function chatGoals(state: State, meId: string): Goal[] {
  return conversationsByActivity(state).map((chat) => ({
    kind: 'chat' as const,
    id: chat.id,
    title: titleOf(chat, meId),
    note: chat.kind === 'direct' ? `@${othersIn(chat, meId)[0]?.username ?? ''}` : subtitleOf(chat),
    chat,
  }));
}

/** Chats first, then rooms and people that are not among them; without words the latest chats. Macrons and case make no difference (UI15). */
export function ranked(query: string, chats: readonly Goal[], others: readonly Goal[]): Goal[] {
  if (query === '') return chats.slice(0, MOST);
  const mine = matchSorter(chats, query, { keys: ['title', 'note'], baseSort: (a, b) => a.index - b.index });
  const met = new Set(
    chats.flatMap((goal) => (goal.kind !== 'chat' ? [] : [goal.id, ...(goal.chat.kind === 'direct' ? directly(goal.chat) : [])])),
  );
  const rest = matchSorter(
    others.filter((goal) => !met.has(goal.id)),
    query,
    { keys: ['title', 'note'] },
  );
  return [...mine, ...rest].slice(0, MOST);
}

const directly = (chat: Conversation) => chat.members.map((member) => member.user.id);
