import type { Conversation, Message, StreamEvent } from '@koreromai/contract';
import type { Applied } from '../apply.ts';
import type { State } from '../state.ts';
import { arrange, freshState } from './history.ts';
import type { Body } from './log.ts';

/** A client that is up to date, looking at a group; `next` makes events that follow. */
export const here = () => {
  const { world, people, me } = arrange();
  const state = freshState(me);
  const group = held(state, (conversation) => conversation.name === 'Whānau');
  const other = group.members.find((member) => member.user.id !== me.me.id);
  if (!other) throw new Error('alone');
  /** The next event of a stream, as it would come now. */
  const next = (stream: string, body: Body, ahead = 1): StreamEvent => {
    const seq = (stream === me.me.id ? state.userSeq : (state.conversations[stream]?.seq ?? 0)) + ahead;
    return { stream, seq, at: '2026-11-21T00:00:00.000Z', ...body };
  };
  const message = (author = other.user, seq = group.seq + 1): Message => ({
    id: world.newId(),
    conversationId: group.id,
    seq,
    author,
    text: 'ka pai',
    createdAt: world.now(),
    updatedAt: world.now(),
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
  });
  return { world, people, me, state, group, other: other.user, next, message };
};
export const held = (state: State, which: (conversation: Conversation) => boolean): Conversation => {
  const found = Object.values(state.conversations).find(which);
  if (!found) throw new Error('not held');
  return found;
};
export const chatIn = (applied: Applied, id: string) => held(applied.state, (conversation) => conversation.id === id);
