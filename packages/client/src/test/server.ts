import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Self } from '@koreromai/contract';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer } from 'ws';
import { as } from './caller.ts';
import { type Context, router } from './router.ts';
import { talkOf } from './talk.ts';
import type { World } from './world.ts';

/** A world on a real port, with HTTP and sockets as a client meets them, and the power to cut them. */
export async function startServer(world: World) {
  const tokens = new Map<string, Self>();
  const sockets = new Set<Socket>();
  const seen = { biggestBatch: 0, snapshots: 0, subscriptions: 0, watched: 0 };

  const tokenFor = (person: Self): string => {
    const token = `token ${tokens.size} ${person.username}`;
    tokens.set(token, person);
    return token;
  };
  const context = (token: string): Context => {
    const person = tokens.get(token);
    return {
      caller: person ? as(world, person) : null,
      talk: person ? talkOf(world, person) : null,
      watch(rooms) {
        seen.watched = rooms.length;
      },
      watched: new Set(),
      signIn(email) {
        const user = [...world.people.values()].find((one) => one.email === email) ?? world.addPerson(email.split('@')[0] ?? email);
        return { user, token: tokenFor(user) };
      },
      signOut: () => void tokens.delete(token),
    };
  };
  const bearer = (req: IncomingMessage) => (req.headers.authorization ?? '').replace('Bearer ', '');

  const http = createServer(createHTTPHandler({ router, basePath: '/trpc/', createContext: ({ req }) => context(bearer(req)) }));
  const wss = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
  applyWSSHandler({ wss, router, createContext: ({ info }) => context(String(info.connectionParams?.token)) });
  wss.on('connection', (socket) =>
    socket.on('message', (data) => {
      const parsed: unknown = data.toString() === 'PING' ? [] : JSON.parse(data.toString());
      seen.subscriptions += data.toString().split('"method":"subscription"').length - 1;
      seen.biggestBatch = Math.max(seen.biggestBatch, Array.isArray(parsed) ? parsed.length : 1);
    }),
  );
  http.on('request', (req) => {
    if (req.url?.includes('session.snapshot')) seen.snapshots += 1;
  });
  let deaf = false;
  http.on('upgrade', (req, socket, head) => deaf || wss.handleUpgrade(req, socket, head, (opened) => wss.emit('connection', opened, req)));
  http.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  let port = 0;
  const listen = async () => {
    http.listen(port, '127.0.0.1');
    await once(http, 'listening');
    const address = http.address();
    port = typeof address === 'object' && address ? address.port : 0;
  };
  await listen();
  const cut = () => {
    const count = sockets.size;
    for (const socket of sockets) socket.destroy();
    return count;
  };

  return {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    seen,
    /** Sockets open now. */
    get connections() {
      return wss.clients.size;
    },
    tokenFor,
    /** Cuts every connection, HTTP and sockets, in the middle of whatever they carry. */
    cut,
    /** Closes the sockets with a code, as a server does. */
    dismiss(code: number) {
      for (const socket of wss.clients) socket.close(code);
    },
    /** From now on sockets are taken and never answered. */
    deafen(yes: boolean) {
      deaf = yes;
    },
    /** The sockets stay open, and nothing more is read from them. */
    freeze() {
      for (const socket of wss.clients) socket.pause();
    },
    /** Stops listening, and cuts. */
    async away(): Promise<void> {
      cut();
      http.close();
      await once(http, 'close');
    },
    back: listen,
    async [Symbol.asyncDispose](): Promise<void> {
      cut();
      wss.close();
      if (http.listening) http.close();
    },
  };
}

/** Resolves when `check` holds; looks after every turn of the event loop, and gives up after ten seconds. */
export async function until(check: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (!check()) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
