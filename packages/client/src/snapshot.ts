import type { Conversation, Message, Page, Snapshot } from '@koreromai/contract';
import { dropConversation, holdConversation } from './held.ts';
import type { State, Timeline } from './state.ts';
import { changeTimeline, emptyTimeline, withNewest, withoutTwins } from './timeline.ts';

/**
 * Starts afresh from what the server says is true. Open timelines stay on the screen, as windows of no width: each has
 * to be repaired, and nothing of what it shows outlives that.
 */
export function fromSnapshot(state: State, snapshot: Snapshot): State {
  const conversations: Record<string, Conversation> = Object.fromEntries(
    snapshot.conversations.map((conversation) => [conversation.id, conversation]),
  );
  const timelines: Record<string, Timeline> = {};
  for (const [id, timeline] of Object.entries(state.timelines)) {
    const held = state.conversations[id];
    // Open, but on a page that the snapshot does not reach, or a room that is visited and not followed: seq 0, because
    // nothing of it is certain until it is fetched.
    if (!conversations[id] && held && (snapshot.nextCursor !== null || held.kind === 'room')) conversations[id] = { ...held, seq: 0 };
    const conversation = conversations[id];
    if (conversation) timelines[id] = { ...emptyTimeline(conversation.seq), messages: timeline.messages };
  }
  const { me, sessionId, userSeq, pos: cursor, nextCursor: moreConversations } = snapshot;
  return {
    ...state,
    me,
    sessionId,
    userSeq,
    cursor,
    conversations,
    moreConversations,
    timelines,
    departures: {},
    relations: {},
    typing: {},
    presence: {},
    readBy: {},
    drafts: {},
  };
}

/** Only those timelines stay that `opened` says are on a screen: the rest is loaded when it is wanted. */
export function onlyOpened(state: State, opened: (id: string) => boolean): State {
  const timelines = Object.entries(state.timelines).filter(([id]) => opened(id));
  return timelines.length === Object.keys(state.timelines).length ? state : { ...state, timelines: Object.fromEntries(timelines) };
}

/** A state from before a restart goes on from its own place in the log; the server has said who asks, and what is not theirs any more goes. */
export function confirmed(state: State, { me, sessionId, conversations, nextCursor }: Snapshot): State {
  const there = new Set(conversations.map((conversation) => conversation.id));
  const gone = nextCursor === null ? Object.keys(state.conversations).filter((id) => !there.has(id)) : [];
  return gone.reduce(dropConversation, { ...state, me, sessionId });
}

/** The answer to an ask: the conversation, and its newest page read after it (null when no timeline is open). */
export function repaired(state: State, conversation: Conversation, page: Page<Message> | null): State {
  const held = holdConversation(state, conversation);
  if (!page) return held;
  return withoutTwins(
    changeTimeline(held, conversation.id, (timeline) => withNewest(timeline, page, conversation.seq)),
    page.items,
  );
}

/** The answer was that there is no such conversation for this person. */
export const repairedAway = dropConversation;
