import type { Message, User } from '@koreromai/contract';
import { changeConversation } from './held.ts';
import type { State } from './state.ts';
import { changeTimeline } from './timeline.ts';

/** Somebody has another name (or deleted their account): everywhere in that conversation, also above what they said before and where that is quoted. */
export function renamed(state: State, conversationId: string, user: User): State {
  const isTheirs = (said: { author: User }) => said.author.id === user.id;
  const byThem = (message: Message): Message => {
    const { replyTo } = message;
    const quoted = replyTo !== null && 'author' in replyTo && isTheirs(replyTo);
    if (!quoted && !isTheirs(message)) return message;
    return { ...message, ...(isTheirs(message) && { author: user }), ...(quoted && { replyTo: { ...replyTo, author: user } }) };
  };
  const listed = changeConversation(state, conversationId, (held) => ({
    ...held,
    owner: held.owner?.id === user.id ? user : held.owner,
    members: held.members.map((member) => (member.user.id === user.id ? { ...member, user } : member)),
    lastMessage: held.lastMessage && byThem(held.lastMessage),
  }));
  return changeTimeline(listed, conversationId, (timeline) => ({ ...timeline, messages: timeline.messages.map(byThem) }));
}
