import { WebSocket } from 'ws';
import { wires } from '../crowd/wire.ts';

/** Somebody's device that reads one chat, can stop reading, and goes on where it was; told to start afresh, it reads how far the chat has come. */
export interface Reader {
  readonly open: boolean;
  /** Messages shown. */
  readonly shown: number;
  /** Seqs that were stepped over without a word, and those that came twice. */
  readonly holes: number;
  readonly doubled: number;
  /** How often it was told to start afresh. */
  readonly resets: number;
  readonly head: number;
  connect(): Promise<void>;
  pause(): void;
  resume(): void;
  close(): void;
}

interface ReaderOptions {
  readonly origin: string;
  readonly token: string;
  readonly conversationId: string;
  readonly onMessage?: (text: string) => void;
}

/** Speaks the protocol by hand, so that hundreds of them cost the run little. */
export function createReader({ origin, token, conversationId, onMessage = () => {} }: ReaderOptions): Reader {
  let socket: WebSocket | null = null;
  let place: string | null = null;
  let wanted = true;
  const counts = { shown: 0, holes: 0, doubled: 0, resets: 0, head: 0 };
  let fresh = true; // the first seq after a start or a reset is where it begins
  let read = 0; // the newest that it found in the chat's history when it started afresh

  function take(frame: string): void {
    place = wires.koreromai.place(frame) ?? place;
    if (frame.includes('"type":"reset"')) {
      counts.resets++;
      fresh = true;
      const params = { path: 'messages.list', input: { conversationId, limit: 1, order: 'desc' } };
      socket?.send(JSON.stringify({ id: 2, method: 'query', params }));
    }
    if (frame.startsWith('{"id":2,')) {
      const { result } = JSON.parse(frame) as { result: { data: { items: { seq: number }[] } } };
      read = Math.max(read, ...result.data.items.map(({ seq }) => seq));
      counts.head = Math.max(counts.head, read);
      fresh = false;
      return;
    }
    if (!frame.includes('"type":"message.created"') || !frame.includes(`"stream":"${conversationId}"`)) return;
    const { result } = JSON.parse(frame) as { result: { data: { data: { seq: number } } } };
    const { seq } = result.data.data;
    if (seq <= read) return; // known from the history
    if (fresh) counts.head = Math.max(counts.head, seq - 1);
    if (seq <= counts.head) counts.doubled++;
    else {
      counts.holes += seq - counts.head - 1;
      counts.shown++;
      onMessage(frame);
    }
    fresh = false;
    counts.head = Math.max(counts.head, seq);
  }

  function connect(): Promise<void> {
    const own = new WebSocket(`${origin.replace(/^http/, 'ws')}/trpc`, {
      headers: { authorization: `Bearer ${token}` },
      perMessageDeflate: false,
    });
    socket = own;
    const input = place === null ? {} : { lastEventId: place };
    const params = { path: 'events.subscribe', input, ...(place === null ? {} : { lastEventId: place }) };
    own.on('open', () => own.send(JSON.stringify({ id: 1, method: 'subscription', params })));
    own.on('error', () => {}); // the close that follows is what counts
    own.on('close', () => {
      if (wanted && socket === own) setTimeout(() => void connect(), 100 + Math.random() * 400);
    });
    return new Promise((resolve) => {
      own.on('message', (data) => {
        const frame = String(data);
        take(frame);
        if (frame.includes('"type":"checkpoint"')) resolve();
      });
    });
  }

  return {
    get open() {
      return socket?.readyState === WebSocket.OPEN;
    },
    get shown() {
      return counts.shown;
    },
    get holes() {
      return counts.holes;
    },
    get doubled() {
      return counts.doubled;
    },
    get resets() {
      return counts.resets;
    },
    get head() {
      return counts.head;
    },
    connect,
    pause: () => socket?.pause(),
    resume: () => socket?.resume(),
    close() {
      wanted = false;
      socket?.terminate();
    },
  };
}
