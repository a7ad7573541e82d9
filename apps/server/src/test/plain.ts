import type { AppRouter } from '@koreromai/api';
import type { Frame } from '@koreromai/contract';
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import type { Person, TestServer } from './server.ts';

/** The library's own client, as it comes, with what its subscriptions heard. `port` may be a proxy's. */
export function plainClient(server: TestServer, who: Person, port = server.port) {
  let opened = 0;
  const client = createWSClient({
    url: `ws://127.0.0.1:${port}/trpc`,
    connectionParams: () => ({ token: who.token }),
    retryDelayMs: () => 0,
    onOpen: () => void opened++,
  });
  const api = createTRPCClient<AppRouter>({ links: [wsLink({ client })] });
  return {
    api,
    /** Sockets it has opened so far. */
    opened: () => opened,
    listen(cursor: string | null) {
      const heard = createHeard((id) => server.services.seal.openPos(id) ?? Number.NaN);
      let started = 0;
      const errors: unknown[] = [];
      const subscription = api.events.subscribe.subscribe(
        { cursor },
        { onStarted: () => void started++, onData: ({ id, data }) => heard.take(id, data), onError: (error) => void errors.push(error) },
      );
      return { ...heard, errors, started: () => started, stop: () => subscription.unsubscribe() };
    },
    async [Symbol.asyncDispose]() {
      await client.close();
    },
  };
}

/** What one subscriber was told, and what is wrong with it. */
export function createHeard(posOf: (id: string) => number) {
  const seqs = new Map<string, number[]>();
  const types: Frame['type'][] = [];
  const total = { events: 0, doubled: 0, disordered: 0, resets: 0 };
  let last = 0;
  const headOf = (stream: string) => seqs.get(stream)?.at(-1) ?? 0;
  return {
    types,
    total,
    seqs: (stream: string) => seqs.get(stream) ?? [],
    headOf,
    take(id: string, frame: Frame) {
      const pos = posOf(id);
      types.push(frame.type);
      if (frame.type === 'reset') total.resets++;
      const seq = frame.type === 'skip' ? frame.fromSeq : 'seq' in frame && frame.type !== 'read' ? frame.seq : null;
      if (seq === null || !('stream' in frame)) return;
      total.events++;
      if (!(pos >= last)) total.disordered++;
      last = pos;
      if (seq <= headOf(frame.stream)) total.doubled++;
      const told = seqs.get(frame.stream);
      if (told) told.push(seq);
      else seqs.set(frame.stream, [seq]);
    },
    /** Seqs of the stream from `from` to `to` that never came. */
    missing(stream: string, from: number, to: number): number[] {
      const told = new Set(seqs.get(stream));
      return Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((seq) => !told.has(seq));
    },
  };
}

/** Conversations of two people, ready to be written in. */
export async function openChats(server: TestServer, owner: Person, other: Person, count: number) {
  const groups = await Promise.all(
    Array.from({ length: count }, (_, i) => server.group(owner, [other.email, 'guest@example.org'], `Rōpū ${i}`)),
  );
  const heads = new Map(groups.map((group) => [group.id, group.seq]));
  return {
    ids: groups.map((group) => group.id),
    heads,
    /** Says something; the heads follow. */
    async say(conversationId: string, text: string) {
      const { message } = await server.ok<{ message: { seq: number } }>('messages.post', { conversationId, text }, owner);
      heads.set(conversationId, Math.max(heads.get(conversationId) ?? 0, message.seq));
    },
  };
}

/** Lets the event loop turn so many times. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((turn) => setImmediate(turn));
}
