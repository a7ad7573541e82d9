import { once } from 'node:events';
import { eventually } from '@koreromai/testing';
import type { WebSocket } from 'ws';

export interface Frame {
  readonly id: number | string | null;
  readonly method?: string;
  readonly result?: { type: string; id?: string; data?: { id: string; data: { type: string } & Record<string, unknown> } };
  readonly error?: { data: { code: string; httpStatus: number; fields?: Record<string, string> } };
}

/** Waits until the socket is open and keeps every frame that comes, as text and parsed. */
export async function openSocket(socket: WebSocket) {
  const texts: string[] = [];
  const frames: Frame[] = [];
  const closing = { code: 0, reason: '' };
  let nextId = 1;
  socket.on('message', (data) => {
    const text = String(data);
    texts.push(text);
    if (text.startsWith('{')) frames.push(JSON.parse(text) as Frame);
  });
  const closed = new Promise<number>((resolve) => {
    socket.once('close', (code, reason) => {
      closing.code = code;
      closing.reason = String(reason);
      resolve(code);
    });
  });
  socket.on('error', () => {});
  if (socket.readyState === socket.CONNECTING) await once(socket, 'open');

  const answer = async (id: number) => {
    for (;;) {
      const frame = frames.find((f) => f.id === id);
      if (frame) return frame;
      if (socket.readyState === socket.CLOSED) throw new Error(`The socket was closed with ${closing.code} instead of an answer.`);
      await Promise.race([once(socket, 'message'), closed]);
    }
  };
  const send = (frame: unknown): void => socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  const ask = async (method: string, path: string, input?: unknown): Promise<Frame> => {
    const id = nextId++;
    send({ id, method, params: { path, input } });
    return answer(id);
  };

  return {
    socket,
    texts,
    frames,
    /** The code it was closed with. */
    closed,
    closing,
    send,
    query: (path: string, input?: unknown) => ask('query', path, input),
    mutation: (path: string, input?: unknown) => ask('mutation', path, input),
    /** Answers the first frame: `started`, or the refusal. */
    subscribe: (input?: unknown) => ask('subscription', 'events.subscribe', input),
    /** The event of that type, once it has come. */
    event: (type: string) => eventually(`the event ${type}`, () => frames.find((f) => f.result?.data?.data.type === type)),
    count: (test: (frame: Frame) => boolean) => frames.filter(test).length,
    [Symbol.dispose]: () => socket.terminate(),
  };
}
