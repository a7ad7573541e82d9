import { Resolver } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { buildConnector } from 'undici';
import { isPublic } from './target.ts';

export interface Way {
  /** All addresses of a name, v4 and v6. Default: the DNS servers of this machine, never its hosts file. */
  readonly resolve?: (host: string) => Promise<string[]>;
  /** Opens a connection to a checked address. Tests lead it to a server of their own. */
  readonly dial?: (place: { address: string; port: number }) => Socket;
  /** Puts TLS over it. Tests, whose servers nobody certifies, leave it as it is. */
  readonly encrypt?: (plain: Socket, servername: string | null) => Socket;
}

/** Why a page was not fetched, for tests and logs of ours: nobody else is told. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

async function lookUp(host: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
}

const directly = ({ address, port }: { address: string; port: number }) => connect({ host: address, port });

const byTls = (socket: Socket, servername: string | null) =>
  connectTls({ socket, ALPNProtocols: ['http/1.1'], ...(servername !== null && { servername }) });

/**
 * Connects as undici asks: the name is resolved here, once per connection, every address it has must be public, and one of these is dialled
 * (S1, S2). Nothing looks the name up a second time. Ends with `signal`.
 */
export function guarded({ resolve = lookUp, dial = directly, encrypt = byTls }: Way, signal: AbortSignal): buildConnector.connector {
  async function open(hostname: string, port: number, secure: boolean): Promise<Socket> {
    const bare = hostname.replace(/^\[|\]$/g, '');
    const literal = /^[\d.]+$|:/.test(bare);
    const addresses = literal ? [bare] : await resolve(bare);
    const [address] = addresses;
    if (address === undefined || !addresses.every(isPublic)) throw new Unreachable(`${hostname} is not a host of the public Internet.`);
    signal.throwIfAborted();
    const plain = dial({ address, port });
    const socket = secure ? encrypt(plain, literal ? null : bare) : plain;
    const cut = () => plain.destroy();
    signal.addEventListener('abort', cut, { once: true });
    plain.once('close', () => signal.removeEventListener('abort', cut));
    return new Promise((settle, fail) => {
      plain.on('error', fail);
      socket.on('error', fail).once('close', () => fail(new Unreachable(`${hostname} hung up.`)));
      socket.once(socket === plain ? 'connect' : 'secureConnect', () => settle(socket));
    });
  }
  return ({ hostname, port, protocol }, done) => {
    const secure = protocol === 'https:';
    open(hostname, Number(port) || (secure ? 443 : 80), secure).then(
      (socket) => done(null, socket),
      (error: Error) => done(error, null),
    );
  };
}
