import type { Conversation, ConversationEvent, Frame, Message, StreamEvent, UserEvent } from '@koreromai/contract';
import { type AboutMessage, deleted, edited, names, pinnedNow, reactedTo, withoutMessage } from './changed.ts';
import { changeConversation, dropConversation, holdConversation } from './held.ts';
import { cleared, hidden } from './keeping.ts';
import { departed, gone, joined, owned, ranked } from './membership.ts';
import { drafted, passed, quiet } from './passing.ts';
import { readTo, unreadFrom, unreadMost } from './reading.ts';
import { renamed } from './renamed.ts';
import type { State } from './state.ts';
import { changeTimeline, reaching, withMessage, withoutTwins } from './timeline.ts';

/** What the state alone cannot answer: whoever applies frames has to fetch it. */
export type Ask =
  /** Something of this conversation was missed, or all of it. */
  | { readonly type: 'conversation'; readonly id: string }
  /** Nothing held can be continued. */
  | { readonly type: 'snapshot' }
  /** The session of this client was revoked. */
  | { readonly type: 'end' };

export interface Applied {
  readonly state: State;
  readonly asks: readonly Ask[];
}

const unasked: readonly Ask[] = [];

/**
 * The one way for a screen to change. Pure and idempotent: a frame counts once, by `(stream, seq)`, however often it
 * comes; one that does not follow what is held changes nothing and asks instead (L4).
 */
export function apply(state: State, frame: Frame): Applied {
  switch (frame.type) {
    case 'typing':
    case 'presence':
    case 'read':
      return { state: passed(state, frame), asks: unasked };
    case 'checkpoint':
      return { state, asks: unasked };
    case 'reset':
      return { state, asks: [{ type: 'snapshot' }] };
    case 'ended':
      return { state: dropConversation(state, frame.stream), asks: unasked };
    case 'heads':
      return { state, asks: behind(state, frame.heads) };
    case 'skip':
      if (headOf(state, frame.stream) === undefined) return { state, asks: unasked };
      return placed(state, frame.stream, frame.fromSeq, frame.toSeq, (next) => ({ state: next, asks: unasked }));
    default:
      return placed(state, frame.stream, frame.seq, frame.seq, (next) => happened(next, frame));
  }
}

/** Runs `step` on the state moved on to `toSeq`, if `fromSeq` is what comes next in that stream. */
function placed(state: State, stream: string, fromSeq: number, toSeq: number, step: (next: State) => Applied): Applied {
  const head = headOf(state, stream);
  if (head === undefined || fromSeq > head + 1) return { state, asks: [askFor(state, stream)] };
  if (toSeq <= head) return { state, asks: unasked };
  if (stream === state.me?.id) return step({ ...state, userSeq: toSeq });
  const moved = changeConversation(state, stream, (conversation) => ({ ...conversation, seq: toSeq }));
  return step(changeTimeline(moved, stream, (timeline) => reaching(timeline, toSeq)));
}

const headOf = (state: State, stream: string): number | undefined =>
  stream === state.me?.id ? state.userSeq : state.conversations[stream]?.seq;

const askFor = (state: State, stream: string): Ask =>
  stream === state.me?.id ? { type: 'snapshot' } : { type: 'conversation', id: stream };

/** L3. Streams that are not held are on pages not loaded yet: their next event will bring them. */
const behind = (state: State, heads: Record<string, number>): Ask[] =>
  Object.entries(heads)
    .filter(([stream, seq]) => seq > (headOf(state, stream) ?? seq))
    .map(([stream]) => askFor(state, stream));

function happened(state: State, event: StreamEvent): Applied {
  switch (event.type) {
    case 'you.added':
    case 'you.removed':
    case 'read.moved':
    case 'unread.marked':
    case 'pending.changed':
    case 'me.changed':
    case 'message.hidden':
    case 'message.unhidden':
    case 'session.revoked':
    case 'conversation.cleared':
    case 'conversation.hidden':
    case 'conversation.opened':
    case 'draft.changed':
    case 'notifications.changed':
    case 'contact.requested':
    case 'contact.accepted':
    case 'contact.removed':
    case 'follow.changed':
    case 'block.changed':
      return toMe(state, event);
    case 'message.created':
      return posted(state, event.message);
    case 'message.updated':
      return edited(state, event.message);
    case 'message.deleted':
      return deleted(state, event);
    case 'reaction.added':
    case 'reaction.removed':
      return { state: reactedTo(state, event), asks: unasked };
    case 'pin.added':
    case 'pin.removed':
      return { state: pinnedNow(state, event), asks: unasked };
    default:
      return toConversation(state, event);
  }
}

function toConversation(state: State, event: Exclude<ConversationEvent, AboutMessage>): Applied {
  const changed = (change: (held: Conversation) => Conversation): Applied => ({
    state: changeConversation(state, event.stream, change),
    asks: unasked,
  });
  switch (event.type) {
    case 'conversation.created':
      return { state, asks: unasked };
    case 'conversation.updated':
      return changed((held) => ({ ...held, name: event.name, addPolicy: event.addPolicy }));
    case 'conversation.closed':
      return { state: dropConversation(state, event.stream), asks: unasked };
    case 'member.roleChanged':
      return changed((held) => ranked(held, event.userId, event.role, state.me?.id ?? ''));
    case 'access.changed':
      return changed((held) => ({ ...held, access: event.access }));
    case 'owner.changed':
      return changed((held) => owned(held, event.userId, state.me?.id ?? ''));
    case 'member.added':
      return changed((held) => joined(held, event.member, event.seats));
    case 'member.changed':
      return { state: renamed(state, event.stream, event.user), asks: unasked };
    case 'member.left':
    case 'member.removed': {
      const { stream, seq, at, userId } = event;
      const by = event.type === 'member.removed' ? event.removedBy : userId;
      const { state: without, asks } = changed((held) => gone(held, userId, event.seats));
      return { state: departed(without, stream, { seq, at, userId, by }), asks };
    }
    case 'invitation.created':
    case 'invitation.accepted':
    case 'invitation.revoked':
    case 'invitation.expired':
      return changed((held) => ({ ...held, seats: event.seats }));
    default:
      return unheardOf(state, event);
  }
}

/** A message also moves the unread count, and its author has read it (W5). Whether one that names me is told to me the server says (C14). */
function posted(state: State, message: Message): Applied {
  const mine = message.author.id === state.me?.id;
  const shown = changeTimeline(state, message.conversationId, (timeline) => withMessage(timeline, message));
  const listed = changeConversation(shown, message.conversationId, (conversation) => ({
    ...conversation,
    lastMessage: message,
    hidden: false,
    ...(mine && { lastReadSeq: message.seq, unreadCount: 0, mentionCount: 0 }),
    ...(!mine &&
      !message.deleted &&
      message.seq > conversation.lastReadSeq && { unreadCount: Math.min(unreadMost, conversation.unreadCount + 1) }),
  }));
  const next = withoutTwins(quiet(listed, message.conversationId, message.author.id), [message]);
  const named = !mine && names(message, state) && message.seq > (state.conversations[message.conversationId]?.lastReadSeq ?? message.seq);
  return { state: next, asks: named ? [{ type: 'conversation', id: message.conversationId }] : unasked };
}

function toMe(state: State, event: UserEvent): Applied {
  switch (event.type) {
    case 'you.added': {
      const { conversation } = event;
      const next = holdConversation(state, conversation);
      const timeline = next.timelines[conversation.id];
      const hole = timeline !== undefined && timeline.toSeq < conversation.seq;
      return { state: next, asks: hole ? [{ type: 'conversation', id: conversation.id }] : unasked };
    }
    case 'you.removed':
      return { state: dropConversation(state, event.conversationId), asks: unasked };
    case 'read.moved': {
      const read = readTo(state, event.conversationId, event.readSeq);
      return { state: read.state, asks: read.sure ? unasked : [{ type: 'conversation', id: event.conversationId }] };
    }
    case 'unread.marked': {
      const { conversationId: id, readSeq } = event;
      return { state: unreadFrom(state, id, readSeq), asks: state.conversations[id] ? [{ type: 'conversation', id }] : unasked };
    }
    case 'pending.changed':
      return { state: changeConversation(state, event.conversationId, (held) => ({ ...held, pending: event.pending })), asks: unasked };
    case 'me.changed':
      return { state: { ...state, me: event.me }, asks: unasked };
    // What else this changes (the newest message, what is unread) only the server knows for sure.
    case 'message.hidden':
      return {
        state: withoutMessage(state, event.conversationId, event.messageId),
        asks: [{ type: 'conversation', id: event.conversationId }],
      };
    case 'message.unhidden':
      return { state, asks: [{ type: 'conversation', id: event.conversationId }] };
    case 'conversation.cleared':
      return cleared(state, event.conversationId, event.clearedSeq);
    case 'conversation.hidden':
      return { state: changeConversation(state, event.conversationId, (held) => hidden(held, event.hiddenSeq)), asks: unasked };
    case 'conversation.opened':
      return { state: changeConversation(state, event.conversationId, (held) => ({ ...held, hidden: false })), asks: unasked };
    case 'draft.changed':
      return { state: drafted(state, event.conversationId, event.draft), asks: unasked };
    case 'notifications.changed': {
      const { conversationId, notifications } = event;
      return { state: changeConversation(state, conversationId, (held) => ({ ...held, notifications })), asks: unasked };
    }
    case 'contact.requested':
    case 'contact.accepted':
    case 'contact.removed':
    case 'follow.changed':
    case 'block.changed':
      return { state: { ...state, relations: { ...state.relations, [event.relation.user.id]: event.relation } }, asks: unasked };
    case 'session.revoked':
      return { state, asks: event.sessionId === state.sessionId ? [{ type: 'end' }] : unasked };
    default:
      return unheardOf(state, event);
  }
}

/** Every type is handled, or this does not compile. A server newer than this client may still send others: what they did is fetched (G16). */
function unheardOf(state: State, event: never): Applied {
  const { stream }: StreamEvent = event;
  return { state, asks: stream === state.me?.id ? unasked : [askFor(state, stream)] };
}
