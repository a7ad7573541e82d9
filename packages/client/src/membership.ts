import type { Conversation, Member, Role } from '@koreromai/contract';
import type { Departure, State } from './state.ts';

/** Of each conversation. */
const departuresKept = 20;

/** C8: fewer than two active people and nobody can be written to; a closed chat stays closed. */
function populated(conversation: Conversation, members: Member[], seats: number): Conversation {
  const state =
    conversation.state === 'closed' || conversation.kind === 'room' ? conversation.state : members.length < 2 ? 'underfull' : 'open';
  return { ...conversation, members, seats, state };
}

export function joined(conversation: Conversation, member: Member, seats: number): Conversation {
  const others = conversation.members.filter((held) => held.user.id !== member.user.id);
  return populated(conversation, [...others, member], seats);
}

/** Nobody leaves a direct chat but by deleting their account: their place stays, and nobody reads there any more. */
export function gone(conversation: Conversation, userId: string, seats: number): Conversation {
  if (conversation.kind === 'direct') return { ...conversation, seats, state: 'underfull' };
  return populated(
    conversation,
    conversation.members.filter((member) => member.user.id !== userId),
    seats,
  );
}

/** Remembers who went and by whom: the list of who is in says it of nobody. */
export function departed(state: State, conversationId: string, departure: Departure): State {
  if (!state.conversations[conversationId]) return state;
  const before = state.departures[conversationId] ?? [];
  return { ...state, departures: { ...state.departures, [conversationId]: [...before, departure].slice(-departuresKept) } };
}

/** `me` is whoever looks: `myRole` follows. Null: the chat has no owner any more. */
export function owned(conversation: Conversation, userId: string | null, me: string): Conversation {
  const members = conversation.members.map((member): Member => {
    const role = member.user.id === userId ? 'owner' : member.role === 'owner' ? 'member' : member.role;
    return role === member.role ? member : { ...member, role };
  });
  const owner = members.find((member) => member.user.id === userId)?.user ?? null;
  return { ...conversation, owner, members, myRole: members.find((member) => member.user.id === me)?.role ?? conversation.myRole };
}

/** `me` is whoever looks: `myRole` follows. */
export function ranked(conversation: Conversation, userId: string, role: Role, me: string): Conversation {
  const members = conversation.members.map((member): Member => (member.user.id === userId ? { ...member, role } : member));
  return { ...conversation, members, myRole: userId === me ? role : conversation.myRole };
}
