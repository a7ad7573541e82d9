import { EventEmitter, on } from 'node:events';
import { createServer } from 'node:http';
import { initTRPC, tracked } from '@trpc/server';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer } from 'ws';
import { z } from 'zod';

// A peer of the bench `fanout`: subscriptions as tRPC's documentation shows them, nothing stored and nobody asked who they are.
const said = new EventEmitter();
said.setMaxListeners(0);
const t = initTRPC.create({ isDev: false });
const router = t.router({
  listen: t.procedure.subscription(async function* ({ signal }) {
    const events = on(said, 'say', { signal: signal ?? new AbortController().signal });
    yield tracked('0', { type: 'checkpoint' });
    for await (const [event] of events) yield tracked(String(event.seq), event as { seq: number });
  }),
  say: t.procedure.input(z.looseObject({ seq: z.int() })).mutation(({ input }) => void said.emit('say', input)),
});

const server = createServer();
applyWSSHandler({ wss: new WebSocketServer({ server, perMessageDeflate: false }), router });
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}\n`);
});
