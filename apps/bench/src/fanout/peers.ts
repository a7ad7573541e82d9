import { fileURLToPath } from 'node:url';

/** How one peer is spoken to. `post` is what the speaker sends for the n-th message. */
export interface Peer {
  readonly script: string;
  readonly path: string;
  readonly enter: string;
  subscribe(room: string): string;
  post(n: number, room: string, text: string): string;
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const call = (id: number, method: string, path: string, input: unknown) => JSON.stringify({ id, method, params: { path, input } });

/** What the product tells of a message: the peers pass on as much. */
const event = (n: number, room: string, text: string) => ({
  type: 'message.created',
  stream: room,
  seq: n,
  at: '2026-11-21T00:00:00.000Z',
  message: {
    id: crypto.randomUUID(),
    conversationId: room,
    seq: n,
    author: {
      id: crypto.randomUUID(),
      username: 'speaker',
      name: 'speaker',
      bio: '',
      createdAt: '2026-11-21T00:00:00.000Z',
      deleted: false,
    },
    text,
    createdAt: '2026-11-21T00:00:00.000Z',
    updatedAt: '2026-11-21T00:00:00.000Z',
    editedAt: null,
    version: 1,
    deleted: false,
    replyTo: null,
    attachments: [],
    reactions: [],
    likeCount: 0,
    likedByMe: false,
  },
});

export const peers = {
  /** A pre-made frame for all, one write a turn: what the sockets alone can do. */
  raw: {
    script: at('./raw.ts'),
    path: '/',
    enter: '',
    subscribe: () => '',
    post: (n, room, text) => JSON.stringify(event(n, room, text)),
  },
  hub: {
    script: at('../../../server/src/main.ts'),
    path: '/trpc',
    enter: '',
    subscribe: (room) => call(1, 'subscription', 'events.subscribe', { rooms: [room] }),
    post: (n, room, text) => call(n, 'mutation', 'messages.post', { conversationId: room, text }),
  },
  /** tRPC subscriptions as its documentation shows them: a generator for each. */
  generators: {
    script: at('../../../server/src/test/generators-bench.ts'),
    path: '/trpc',
    enter: '',
    subscribe: () => call(1, 'subscription', 'listen', {}),
    post: (n, room, text) => call(n, 'mutation', 'say', event(n, room, text)),
  },
  'Socket.IO': {
    script: at('./socket-io.ts'),
    path: '/socket.io/?EIO=4&transport=websocket',
    enter: '40',
    subscribe: () => '40',
    post: (n, room, text) => `42${JSON.stringify(['say', event(n, room, text)])}`,
  },
} satisfies Record<string, Peer>;

export type PeerName = keyof typeof peers;
