import { z } from 'zod';
import { relation } from './circles.ts';
import { addPolicy, conversation, member, notifications, pending, role } from './conversations.ts';
import { id, instant, sealedPos, seq } from './ids.ts';
import { limits } from './limits.ts';
import { message } from './messages.ts';
import { self, user } from './people.ts';
import { roomAccess } from './rooms.ts';

/** `stream` is a conversation's id, or the subscriber's own user id for their private facts. `(stream, seq)` names an event for ever. */
const place = { stream: id, seq, at: instant };

/** The message that an event is about; told only to those who may see that message. */
const target = { messageId: id, messageSeq: seq };

/** How a message's reactions stand now, and which of them are this person's (`like` among them): absolute, so that a repeat changes nothing. */
const reacting = {
  userId: id,
  emojis: z.array(z.string()),
  reactions: z.array(z.object({ emoji: z.string(), count: z.int() })),
  likeCount: z.int(),
};

// --- a conversation's stream: the same for everyone in it ---

export const conversationEvent = z.discriminatedUnion('type', [
  z.object({ ...place, type: z.literal('conversation.created') }),
  z.object({ ...place, type: z.literal('conversation.updated'), name: z.string().nullable(), addPolicy }),
  z.object({ ...place, type: z.literal('conversation.closed'), userId: id.nullable() }),
  z.object({ ...place, type: z.literal('owner.changed'), userId: id.nullable() }),
  z.object({ ...place, type: z.literal('member.added'), member, seats: z.int() }),
  z.object({ ...place, type: z.literal('member.roleChanged'), userId: id, role }),
  z.object({ ...place, type: z.literal('member.left'), userId: id, seats: z.int() }),
  /** `removedBy` was in the group with whoever is told of this. */
  z.object({ ...place, type: z.literal('member.removed'), userId: id, removedBy: id.nullable(), seats: z.int() }),
  /** Somebody who is or was here has another name, or deleted their account. */
  z.object({ ...place, type: z.literal('member.changed'), user }),
  z.object({ ...place, type: z.literal('invitation.created'), seats: z.int() }),
  z.object({ ...place, type: z.literal('invitation.accepted'), seats: z.int() }),
  z.object({ ...place, type: z.literal('invitation.revoked'), seats: z.int() }),
  /** Nobody opened the link in time. */
  z.object({ ...place, type: z.literal('invitation.expired'), seats: z.int() }),
  /** A room's rules or lists are others now: whoever may no longer be in it hears `ended` next. */
  z.object({ ...place, type: z.literal('access.changed'), access: roomAccess }),
  z.object({ ...place, type: z.literal('message.created'), message }),
  z.object({ ...place, type: z.literal('message.updated'), message }),
  z.object({ ...place, ...target, type: z.literal('message.deleted') }),
  z.object({ ...place, ...target, ...reacting, type: z.literal('reaction.added') }),
  z.object({ ...place, ...target, ...reacting, type: z.literal('reaction.removed') }),
  z.object({ ...place, ...target, type: z.literal('pin.added'), userId: id }),
  z.object({ ...place, ...target, type: z.literal('pin.removed'), userId: id }),
]);
export type ConversationEvent = z.infer<typeof conversationEvent>;

// --- a user's own stream: nobody else ever receives it ---

export const userEvent = z.discriminatedUnion('type', [
  z.object({ ...place, type: z.literal('you.added'), conversation }),
  z.object({ ...place, type: z.literal('you.removed'), conversationId: id, reason: z.enum(['left', 'removed']) }),
  z.object({ ...place, type: z.literal('read.moved'), conversationId: id, readSeq: seq }),
  /** I marked what lies above `readSeq` as unread by hand, whatever I had read (N1). */
  z.object({ ...place, type: z.literal('unread.marked'), conversationId: id, readSeq: seq }),
  /** The whole list of the caller's pending invitations in that conversation, as it is now. */
  z.object({ ...place, type: z.literal('pending.changed'), conversationId: id, pending: z.array(pending) }),
  /** My own profile or role is another now. */
  z.object({ ...place, type: z.literal('me.changed'), me: self }),
  z.object({ ...place, type: z.literal('message.hidden'), conversationId: id, messageId: id }),
  z.object({ ...place, type: z.literal('message.unhidden'), conversationId: id, messageId: id }),
  z.object({ ...place, type: z.literal('session.revoked'), sessionId: id }),
  /** Nothing up to that seq is mine to see any more. */
  z.object({ ...place, type: z.literal('conversation.cleared'), conversationId: id, clearedSeq: seq }),
  /** Out of my list until there is a message beyond that seq. */
  z.object({ ...place, type: z.literal('conversation.hidden'), conversationId: id, hiddenSeq: seq }),
  z.object({ ...place, type: z.literal('conversation.opened'), conversationId: id }),
  /** What I began to write there, now; null: nothing. */
  z.object({ ...place, type: z.literal('draft.changed'), conversationId: id, draft: z.string().nullable() }),
  z.object({ ...place, type: z.literal('notifications.changed'), conversationId: id, notifications }),
  /** How somebody stands to me now. Nobody is ever told of a block but the one who made it. */
  z.object({ ...place, type: z.literal('contact.requested'), relation }),
  z.object({ ...place, type: z.literal('contact.accepted'), relation }),
  z.object({ ...place, type: z.literal('contact.removed'), relation }),
  z.object({ ...place, type: z.literal('follow.changed'), relation }),
  z.object({ ...place, type: z.literal('block.changed'), relation }),
]);
export type UserEvent = z.infer<typeof userEvent>;

export const streamEvent = z.union([conversationEvent, userEvent]);
export type StreamEvent = ConversationEvent | UserEvent;
export type StreamEventType = StreamEvent['type'];

// --- frames that carry no fact, only where you are ---

export const controlFrame = z.discriminatedUnion('type', [
  /** Everything up to this frame's id has been delivered. */
  z.object({ type: z.literal('checkpoint') }),
  /** What you hold cannot be continued: fetch `session.snapshot` again. */
  z.object({ type: z.literal('reset'), reason: z.enum(['cursor', 'tooFarBehind', 'epoch']) }),
  /** This room is no longer yours to enter: forget it. */
  z.object({ type: z.literal('ended'), stream: id }),
  /** Seqs of this stream that are not yours to see: step over them. */
  z.object({ type: z.literal('skip'), stream: id, fromSeq: seq, toSeq: seq }),
  /** Where your streams are now: whoever holds less has missed something and fetches. */
  z.object({ type: z.literal('heads'), heads: z.record(z.string(), seq) }),
]);
export type ControlFrame = z.infer<typeof controlFrame>;

// --- frames that pass: told to those who listen now, kept nowhere, without a place in any stream ---

export const passingFrame = z.discriminatedUnion('type', [
  /** Somebody else writes in that conversation. Shown for a few seconds, then forgotten. */
  z.object({ type: z.literal('typing'), stream: id, userId: id, at: instant }),
  /** Somebody of a chat we share came or went. */
  z.object({ type: z.literal('presence'), userId: id, online: z.boolean() }),
  /** N2: somebody read up to that seq. */
  z.object({ type: z.literal('read'), stream: id, userId: id, seq }),
]);
export type PassingFrame = z.infer<typeof passingFrame>;

export const frame = z.union([conversationEvent, userEvent, controlFrame, passingFrame]);
export type Frame = StreamEvent | ControlFrame | PassingFrame;

/** `rooms`: also carry these, followed or not; `events.watch` changes them later. */
export const subscribeInput = z
  .strictObject({ cursor: sealedPos.nullish(), lastEventId: sealedPos.nullish(), rooms: z.array(id).max(limits.socket.maxRooms).nullish() })
  .default({});
export const watchInput = z.strictObject({ rooms: z.array(id).max(limits.socket.maxRooms) });

/** `pos` was read before the rest: subscribe from it and nothing is missed. `userSeq` is the head of the caller's own stream. */
export const snapshot = z.object({
  me: self,
  sessionId: id,
  pos: sealedPos,
  userSeq: seq,
  conversations: z.array(conversation),
  nextCursor: z.string().nullable(),
});
export type Snapshot = z.infer<typeof snapshot>;
