import type { PassingFrame } from '@koreromai/contract';
import type { State } from './state.ts';

/** What passes: told once, kept for as long as it is true. None of it has a place in a stream. */
export function passed(state: State, frame: PassingFrame): State {
  switch (frame.type) {
    case 'typing': {
      const { stream, userId, at } = frame;
      if (!state.conversations[stream]) return state;
      return { ...state, typing: { ...state.typing, [stream]: { ...state.typing[stream], [userId]: at } } };
    }
    case 'presence':
      return { ...state, presence: { ...state.presence, [frame.userId]: frame.online } };
    case 'read':
      return state.conversations[frame.stream] ? readUpTo(state, frame.stream, { [frame.userId]: frame.seq }) : state;
    default:
      frame satisfies never;
      return state; // a server newer than this client
  }
}

/** N2: these people have read that far; marks only grow. */
export function readUpTo(state: State, conversationId: string, marks: Readonly<Record<string, number>>): State {
  const held = state.readBy[conversationId] ?? {};
  const further = Object.entries(marks).filter(([userId, seq]) => seq > (held[userId] ?? -1));
  if (further.length === 0) return state;
  return { ...state, readBy: { ...state.readBy, [conversationId]: { ...held, ...Object.fromEntries(further) } } };
}

/** What I began to write there; null is nothing. */
export function drafted(state: State, conversationId: string, text: string | null): State {
  const { [conversationId]: _, ...others } = state.drafts;
  return { ...state, drafts: text === null ? others : { ...others, [conversationId]: text } };
}

/** That person stopped: they posted, or nothing more was heard of them. */
export function quiet(state: State, conversationId: string, userId: string): State {
  if (state.typing[conversationId]?.[userId] === undefined) return state;
  const { [userId]: _, ...others } = state.typing[conversationId] ?? {};
  const { [conversationId]: __, ...elsewhere } = state.typing;
  return { ...state, typing: Object.keys(others).length === 0 ? elsewhere : { ...elsewhere, [conversationId]: others } };
}
