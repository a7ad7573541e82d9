import type { Message, User } from '@koreromai/contract';
import { changeConversation } from './held.ts';
import type { State } from './state.ts';
import { changeTimeline } from './timeline.ts';

/** Somebody has another name (or deleted their account): everywhere in that conversation, also above what they said before. */
export function renamed(state: State, conversationId: string, user: User): State {
  const byThem = (message: Message): Message => (message.author.id === user.id ? { ...message, author: user } : message);
  const listed = changeConversation(state, conversationId, (held) => ({
    ...held,
    owner: held.owner?.id === user.id ? user : held.owner,
    members: held.members.map((member) => (member.user.id === user.id ? { ...member, user } : member)),
    lastMessage: held.lastMessage && byThem(held.lastMessage),
  }));
  return changeTimeline(listed, conversationId, (timeline) => ({ ...timeline, messages: timeline.messages.map(byThem) }));
}
