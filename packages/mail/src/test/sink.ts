import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface Arrival {
  /** Milliseconds, monotonic, when the last byte was in: before the sender hears that it was taken. */
  readonly at: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

/** A real SMTP server that keeps what comes. `refuse` may throw at a mail; `signIn` asks for that name and password. */
export async function startSink(options: { refuse?: (arrival: Arrival) => void; signIn?: { user: string; pass: string } } = {}) {
  const arrivals: Arrival[] = [];
  const server = new SMTPServer({
    authOptional: !options.signIn,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS', ...(options.signIn ? [] : ['AUTH'])],
    onAuth({ username, password }, _session, callback) {
      const known = username === options.signIn?.user && password === options.signIn?.pass;
      known ? callback(null, { user: username }) : callback(new Error('Unknown here.'));
    },
    async onData(stream, session, callback) {
      const raw = await text(stream);
      const { mailFrom, rcptTo } = session.envelope;
      const arrival = { at: performance.now(), from: mailFrom ? mailFrom.address : '', to: rcptTo.map((r) => r.address), raw };
      try {
        options.refuse?.(arrival);
        arrivals.push(arrival);
        callback();
      } catch (error) {
        callback(error instanceof Error ? error : new Error('No.'));
      }
    },
  });
  server.on('error', () => {}); // a peer that hung up
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    arrivals,
    port,
    url: `smtp://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((closed) => server.close(() => closed())),
  };
}

/** The most mails that any closed window of this many milliseconds holds. */
export const mostWithin = (times: readonly number[], window: number): number =>
  Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at <= start + window).length));
