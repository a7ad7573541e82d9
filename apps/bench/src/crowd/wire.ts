import { newId } from '@koreromai/db';

/** How a load speaks to one kind of server. Written by hand for all of them: client libraries would take the core that the server needs. */
export interface Wire {
  readonly path: string;
  /** What is sent when the socket opens; `after` is the id of the last frame that came before, for those who can go on from there. */
  hello(after: string | null): readonly string[];
  /** Whether this frame says that the connection hears its chats from now on. */
  ready(frame: string): boolean;
  /** A post with that number; what goes to the socket. */
  post(n: number, chat: string, text: string): string;
  /** The number of the post that this frame says is done; null when it says something else. */
  done(frame: string): number | null;
  /** What this frame wants to be answered. */
  answer(frame: string): string | null;
  /** Whether this frame carries a place to go on from. Asked of every one; what it is, of the last alone. */
  placed(frame: string): boolean;
  /** The id that such a frame carries. */
  place(frame: string): string | null;
}

const numberIn = (frame: string, pattern: RegExp): number | null => {
  const found = pattern.exec(frame)?.[1];
  return found === undefined ? null : Number(found);
};

/** tRPC over WebSocket: one subscription (id 1) for everything; posts are mutations with ids above it. */
const koreromai: Wire = {
  path: '/trpc',
  hello: (after) => {
    const input = after === null ? {} : { lastEventId: after };
    return [
      JSON.stringify({
        id: 1,
        method: 'subscription',
        params: { path: 'events.subscribe', input, ...(after === null ? {} : { lastEventId: after }) },
      }),
    ];
  },
  ready: (frame) => frame.includes('"type":"started"'),
  post: (n, conversationId, text) =>
    JSON.stringify({ id: n + 2, method: 'mutation', params: { path: 'messages.post', input: { conversationId, id: newId(), text } } }),
  done: (frame) => {
    if (frame.startsWith('{"id":1,')) return null;
    const id = numberIn(frame, /^\{"id":(\d+),"result"/);
    return id === null ? null : id - 2;
  },
  answer: (frame) => (frame === 'PING' ? 'PONG' : null),
  placed: (frame) => frame.startsWith('{"id":1,"result":{"type":"data"'),
  place: (frame) => /^\{"id":1,"result":\{"type":"data","id":"([^"]+)"/.exec(frame)?.[1] ?? null,
};

const raw: Wire = {
  path: '/',
  hello: () => [],
  ready: (frame) => frame === '{"ready":true}',
  post: (n, chat, text) => JSON.stringify({ id: n, chat, text }),
  done: (frame) => numberIn(frame, /^\{"id":(\d+)\}$/),
  answer: () => null,
  placed: () => false,
  place: () => null,
};

/** Engine.IO 4 and Socket.IO 5, as they stand on the wire. */
const socketIo: Wire = {
  path: '/socket.io/?EIO=4&transport=websocket',
  hello: () => ['40'],
  ready: (frame) => frame.startsWith('40'),
  post: (n, chat, text) => `42${n}${JSON.stringify(['post', { chat, text }])}`,
  done: (frame) => numberIn(frame, /^43(\d+)\[/),
  answer: (frame) => (frame === '2' ? '3' : null),
  placed: () => false,
  place: () => null,
};

export const wires = { koreromai, raw, 'socket.io': socketIo };
export type Kind = keyof typeof wires;

/** 120 bytes that carry when they were to be sent, in milliseconds since 1970, and their number. */
export const timed = (at: number, n: number): string => `t=${at.toFixed(2)} n=${n} ${'Kia ora! '.repeat(14)}`.slice(0, 120);

/** When and as which number a delivered frame was sent; null for other frames. */
export function sentAt(frame: string): { at: number; n: number } | null {
  const from = frame.indexOf('"t=');
  if (from === -1) return null;
  const space = frame.indexOf(' ', from);
  return { at: Number(frame.slice(from + 3, space)), n: Number(frame.slice(space + 3, frame.indexOf(' ', space + 1))) };
}
