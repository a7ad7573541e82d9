import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import {
  createConsole,
  createDemo,
  createFetcher,
  createPost,
  createSend,
  createServices,
  createSessions,
  type Demo,
  openStorage,
  type ServiceOptions,
  type Services,
} from '@koreromai/api';
import { limits } from '@koreromai/contract';
import { followerPositions, openDatabase } from '@koreromai/db';
import { fileTransport, type MailOptions, smtpTransport, startMail, type Transport } from '@koreromai/mail';
import { createApp } from './app.ts';
import { openDesk } from './cli/socket.ts';
import { createEntrance } from './entrance.ts';
import type { Settings } from './env/env.ts';
import { createIntake } from './files/intake.ts';
import { hurry } from './files/patience.ts';
import type { Observed } from './logs/requests.ts';
import { createMetrics } from './metrics/metrics.ts';
import type { HandOver } from './move/hand-over.ts';
import { isLoopbackHost } from './origins.ts';
import { attachSockets } from './sockets.ts';
import { createStreams } from './streams.ts';

export interface Running {
  readonly port: number;
  readonly services: Services;
  /** With `--demo` on an empty instance: who came, and everybody's password. */
  readonly sown: Awaited<ReturnType<Demo['seed']>>;
  /** Sockets open now. */
  readonly sockets: () => number;
  /** Event streams over HTTP open now. */
  readonly streams: () => number;
  /** Bytes given to all sockets that the network has not taken. */
  readonly queuedBytes: () => number;
  /** Asks every client to move to a new socket. */
  move(): void;
  /** Ends what may take long to end, while people still talk. Close it next. */
  rest(): Promise<void>;
  /** Tells clients to come back, finishes what waits, closes the database. */
  close(): Promise<void>;
}

export interface ServeOptions
  extends Pick<ServiceOptions, 'hashing' | 'pushes' | 'webhooks' | 'probe' | 'now' | 'engine' | 'pollEvery' | 'presenceGrace'> {
  readonly onFault: (error: unknown, requestId?: string) => void;
  /** Where requests are noted; nowhere when absent. */
  readonly log?: Observed['log'];
  /** Milliseconds for a new socket to show who it is; tests shorten it. */
  readonly authenticateWithin?: number;
  /** Sockets that one person may have at once; tests of many readers raise it. */
  readonly perPerson?: number;
  /** Milliseconds between signs of life on a stream of events; tests shorten it. */
  readonly beatEvery?: number;
  /** The built web client, or null. */
  readonly webRoot: string | null;
  /** Takes the database elsewhere, when the command line asks for it. */
  readonly handOver?: HandOver;
  /** What carries mails instead of what the settings say, and how often it is looked for some; for tests. */
  readonly mail?: Partial<Pick<MailOptions, 'transport' | 'every' | 'gateClock'>>;
}

const silent: Observed['log'] = { debug() {}, warn() {} };
const bounds = {
  authenticateWithin: limits.socket.authenticateWithin,
  perPerson: limits.socket.perPerson,
  beatEvery: limits.stream.beatEvery,
};

/** Opens the database, then the port. Rejects with the driver's or the system's error; nothing stays open then. */
export async function serve(settings: Settings, options: ServeOptions): Promise<Running> {
  const {
    onFault,
    log = silent,
    webRoot,
    mail: mailSeams,
    authenticateWithin,
    perPerson,
    beatEvery,
    handOver,
    ...seams
  } = { ...bounds, ...options };
  const server = createServer({ connectionsCheckingInterval: 5_000 });
  server.headersTimeout = 10_000; // slow-loris: the defaults would wait a minute
  server.requestTimeout = limits.media.uploadWithin; // of a file; `hurry` ends all others sooner
  server.keepAliveTimeout = settings.trustedProxies.length > 0 ? keptForProxies : 10_000;
  server.maxHeadersCount = 100;
  let answer = starting;
  server.on('request', (request, response) => {
    hurry(request, response, limits.http.bodyWithin);
    void answer(request, response);
  });
  const port = await listen(server, settings); // before the database: a busy port must not wait for migrations
  const started: (() => Promise<void>)[] = [() => closed(server)];
  try {
    const db = await openDatabase(settings.databaseUrl, { writesAside: true });
    started.push(() => db.close());
    const storage = await openStorage(settings.storageUrl);
    started.push(() => storage.close());
    const publicUrl = settings.port === 0 ? settings.publicUrl.replace(/:0$/, `:${port}`) : settings.publicUrl;
    const metrics = createMetrics();
    const loopbackOnly = isLoopbackHost(settings.host) && isLoopbackHost(new URL(publicUrl).hostname);
    const services = await createServices({
      pushes: createPost(),
      webhooks: createSend(),
      ...seams,
      db,
      storage,
      publicUrl,
      rateLimits: settings.rateLimits ? 'on' : 'off',
      seeds: settings.seeds,
      redisUrl: settings.redisUrl,
      previews: settings.linkPreviews ? createFetcher() : null,
      // Behind a proxy on this machine every caller looks local; the public URL tells that it is not so.
      loopbackOnly,
      meter: metrics,
      onFault,
    });
    started.push(() => services.close());
    const sessions = createSessions(services);
    const streams = createStreams(beatEvery);
    const demo = settings.demo ? createDemo(services, sessions) : null;
    const sown = (await demo?.seed()) ?? null;
    const intake = await createIntake(join(settings.dataDir, 'incoming'));
    const entrance = createEntrance(services, sessions, { ...settings, publicUrl }, port, { streams, intake, demo });
    const ready = () =>
      Promise.race([services.log.head(), late(readyWithin)]).then(
        () => true,
        () => false,
      );
    const door = { metrics, token: settings.metricsToken, open: loopbackOnly };
    const app = createApp({ entrance, corsOrigins: settings.corsOrigins, webRoot, ready, onFault, log, metrics: door });
    answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
    const sockets = attachSockets(server, entrance, { authenticateWithin, perPerson });
    started.push(() => sockets.close());
    metrics.watch({
      sockets: () => sockets.count,
      streams: () => streams.count,
      waiting: () => services.lane.waiting,
      calls: () => sockets.waiting,
      queuedBytes: () => sockets.queuedBytes,
      behind: async () => {
        const head = services.live.pos;
        return (await followerPositions(db.read)).map(({ name, pos }) => ({ name, events: Math.max(0, head - Number(pos)) }));
      },
    });
    const { lane, follow, now } = services;
    const mail = startMail({
      db,
      lane,
      follow,
      now,
      publicUrl,
      onFault,
      presence: services.presence,
      transport: transportOf(settings, publicUrl),
      ...mailSeams,
    });
    started.push(() => mail.close());
    const desk = await openDesk(settings.dataDir, createConsole(services), onFault, handOver);
    started.push(() => desk.close());
    return {
      port,
      services,
      sown,
      sockets: () => sockets.count,
      streams: () => streams.count,
      queuedBytes: () => sockets.queuedBytes,
      move: () => sockets.move(),
      rest: () => mail.close(),
      async close() {
        streams.close();
        await desk.close();
        const done = closed(server);
        await sockets.close();
        await done;
        sessions.close();
        await mail.close();
        await services.close();
        await storage.close();
        await db.close();
      },
    };
  } catch (error) {
    for (const stop of started.reverse()) await stop();
    throw error;
  }
}

/**
 * Milliseconds an idle connection is kept where proxies are in front: longer than they themselves keep one (60 s with most), or they write a
 * request into a connection that is just being closed, and answer 502.
 */
const keptForProxies = 75_000;

/** Milliseconds in which the database must answer, for this server to say that it is ready: a line that swallows everything never does. */
const readyWithin = 2_000;
const late = (ms: number) => new Promise<never>((_, reject) => setTimeout(reject, ms, new Error('late')).unref());

function transportOf({ smtpUrl, dataDir, mailFrom }: Settings, publicUrl: string): Transport {
  const sender = { from: mailFrom, host: new URL(publicUrl).hostname };
  return smtpUrl === null ? fileTransport(join(dataDir, 'mail'), sender) : smtpTransport(smtpUrl, sender);
}

/** The port is ours before the database is open: whoever comes so early is told to come again. */
const starting: RequestListener = (_request, response) => {
  response.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' }).end('KoreroMai is starting. Try again in a second.\n');
};

/**
 * Connections that the system holds until we take them. Beyond it a peer's attempt is dropped, and its system tries again after one, two, four …
 * sixty-four seconds: with Node's 511, ten thousand who come back at once after a restart waited for minutes.
 */
const backlog = 4_096;

function listen(server: Server, { port, host }: Settings): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), 50); // those that had to be answered first
    server.close(() => {
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
  });
}

export const builtWeb = join(import.meta.dirname, '../../web/dist');
