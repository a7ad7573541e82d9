import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Caller, type Context, createWatching, networkOf } from '@koreromai/api';
import { limits, Refusal } from '@koreromai/contract';
import type { TRPCError } from '@trpc/server';
import { WebSocketServer } from 'ws';
import { createCount } from './count.ts';
import type { Entrance } from './entrance.ts';
import { createTick, LiveSocket } from './hub/live-socket.ts';
import { type Hall, Peer } from './hub/peer.ts';
import { createTurns } from './hub/turns.ts';
import { createKeepAlive } from './keep-alive.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { throttle } from './throttle.ts';

/**
 * Calls begun at once in this process, two batches of the lane and what goes on beside them. What a call needs while it is in hand is
 * some twenty times its frame, and what lives long is costly to clear away: begun all at once, they make each other slower still.
 */
const mostAtOnce = 500;

export const signedOut = 4401;
const tooMany = 4429;
const restarting = 1012;
const reconnect = '{"id":null,"method":"reconnect"}';

interface Connection {
  /** What it came by, until it is known who is there: it holds far more than the connection needs for years to come. */
  request: IncomingMessage | null;
  caller: Caller | null;
  /** Tells that this person has one connection less. */
  gone: () => void;
  deadline: NodeJS.Timeout;
  /** Tells that it is no stranger's any more. */
  known: () => void;
}

export interface SocketBounds {
  /** Milliseconds for a new socket to show who it is. */
  readonly authenticateWithin: number;
  /** Sockets of one person at once. */
  readonly perPerson: number;
}

export interface Sockets {
  readonly count: number;
  /** Bytes given to all sockets that the network has not taken. */
  readonly queuedBytes: number;
  /** Calls that have come and not begun. */
  readonly waiting: number;
  /** Asks every client to open another socket and to let go of this one then. */
  move(): void;
  close(): Promise<void>;
}

/** tRPC over WebSocket on the server's own port, at /trpc and nowhere else. `close` tells every client to come back later. */
export function attachSockets(server: Server, entrance: Entrance, bounds: SocketBounds = limits.socket): Sockets {
  const { services, sessions } = entrance;
  const wss = new WebSocketServer({ ...options, maxPayload: limits.socket.maxPayload });
  let closing = false;
  const connections = new Map<LiveSocket, Connection>();
  const tick = createTick();
  const persons = createCount(bounds.perPerson);
  const strangers = createCount(limits.socket.strangers);
  const keepAlive = createKeepAlive(limits.socket.pingEvery);
  const turns = createTurns(mostAtOnce);
  const hall: Hall = { contextOf, turns, onError: report };

  function report(error: TRPCError, ctx: Context | undefined): void {
    if (error.code === 'INTERNAL_SERVER_ERROR' && error.cause?.name !== 'Refusal') services.onFault(error.cause ?? error, ctx?.requestId);
  }

  server.on('upgrade', (request: IncomingMessage, net: Duplex, head: Buffer) => {
    if (net.destroyed) return; // its `close` has been, and would give no place back
    const refusal = refusalOf(request);
    if (refusal !== null) {
      refuseUpgrade(net, refusal);
      return;
    }
    const known = strangers.take(networkOf(entrance.addressOf(request)));
    if (known === null) {
      refuseUpgrade(net, 429);
      return;
    }
    net.once('close', known);
    wss.handleUpgrade(request, net, head, (socket) => {
      socket.adopt(net, tick);
      open(socket, request, known);
    });
  });

  function refusalOf(request: IncomingMessage): number | null {
    if (closing) return 503;
    if (request.url?.split('?')[0] !== '/trpc') return 404;
    const origin = entrance.origin(request.headers.origin);
    // Cookies travel with any page's sockets: a caller who shows one must say which page it is.
    if (origin === 'foreign' || (origin !== 'own' && request.headers.cookie !== undefined)) return 403;
    return null;
  }

  function open(socket: LiveSocket, request: IncomingMessage, known: () => void): void {
    const deadline = setTimeout(() => socket.close(signedOut, 'Sign in first.'), bounds.authenticateWithin);
    const connection: Connection = { request, caller: null, gone: () => {}, deadline, known };
    connections.set(socket, connection);
    keepAlive.add(socket);
    throttle(socket, limits.socket.framesPerSecond);
    socket.on('error', () => socket.terminate()); // a frame that is no frame: the peer broke the protocol
    socket.once('close', () => {
      clearTimeout(deadline);
      connections.delete(socket);
      keepAlive.delete(socket);
      if (!connection.caller) return;
      sessions.release(connection.caller);
      connection.gone();
    });
    const introduced = new URL(request.url ?? '', 'ws://here').searchParams.get('connectionParams') === '1';
    new Peer(socket, hall, introduced);
  }

  async function contextOf(socket: LiveSocket, params: Readonly<Partial<Record<string, string>>> | null): Promise<Context> {
    const connection = connections.get(socket);
    const request = connection?.request;
    if (!request) throw new Refusal('UNAUTHENTICATED'); // it has gone
    connection.request = null;
    const token = params?.token;
    const end = () => socket.cut(signedOut, 'This session has ended.');
    const caller = token === undefined ? await entrance.callerOf(request, end) : await sessions.authenticate(token, end);
    clearTimeout(connection.deadline);
    if (caller === null) {
      setImmediate(() => socket.close(signedOut, 'Sign in first.'));
      throw new Refusal('UNAUTHENTICATED'); // no call waits here to be carried out: a stranger has HTTP for what anybody may do
    }
    if (socket.readyState === socket.OPEN) {
      const leave = persons.take(caller.id);
      if (leave === null) {
        sessions.release(caller);
        setImmediate(() => socket.close(tooMany, 'You have too many connections open.'));
        throw new Refusal('TOO_MANY_CONNECTIONS');
      }
      connection.known();
      connection.caller = caller;
      const away = services.presence.opened(caller.id);
      connection.gone = () => {
        leave();
        away();
      };
    } else sessions.release(caller);
    return {
      services,
      transport: 'ws',
      caller,
      address: entrance.addressOf(request),
      userAgent: request.headers['user-agent'] ?? '',
      requestId: randomUUID(),
      keepToken: () => {},
      outlet: socket,
      slots: { taken: 0 },
      watching: createWatching(),
    };
  }

  return {
    get count() {
      return connections.size;
    },
    get queuedBytes() {
      let bytes = 0;
      for (const socket of connections.keys()) bytes += socket.backlog;
      return bytes;
    },
    get waiting() {
      return turns.waiting;
    },
    move() {
      for (const socket of connections.keys()) socket.send(reconnect);
    },
    async close() {
      closing = true;
      keepAlive.close();
      for (const socket of connections.keys()) {
        socket.send(reconnect);
        socket.close(restarting, 'The server is restarting.');
      }
      const late = setTimeout(() => {
        for (const socket of connections.keys()) socket.terminate();
      }, 1_000);
      await Promise.all([...connections.keys()].map((socket) => new Promise((closed) => socket.once('close', closed))));
      clearTimeout(late);
    },
  };
}

/** A peer that answers no close frame is cut off after a second: the library's default would keep a revoked session's socket for thirty. */
const options = { noServer: true, perMessageDeflate: false, clientTracking: false, closeTimeout: 1_000, WebSocket: LiveSocket };
