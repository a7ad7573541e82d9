import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type PushNews, pushNews } from '@koreromai/contract';
import { createPost } from '../post.ts';

/** What a push service was given, opened as the browser would. */
export interface Delivered {
  readonly path: string;
  readonly news: PushNews;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

const bytesIn = (text: string) => Buffer.from(text, 'base64url');
const json = (part: string) => JSON.parse(bytesIn(part).toString('utf8')) as Record<string, unknown>;

/** A browser: its half of the keys, and what opens a message to it (RFC 8291, by the letter and apart from what encrypts it). */
export function createBrowser(host = 'push.example.nz') {
  const ecdh = createECDH('prime256v1');
  const own = ecdh.generateKeys();
  const auth = randomBytes(16);
  const path = `/wpush/${randomBytes(12).toString('base64url')}`;
  return {
    path,
    subscription: { endpoint: `https://${host}${path}`, keys: { p256dh: own.toString('base64url'), auth: auth.toString('base64url') } },
    open: (body: Buffer) => opened(body, { own, auth, shared: (theirs) => ecdh.computeSecret(theirs) }),
  };
}
export type Browser = ReturnType<typeof createBrowser>;

interface Opening {
  readonly own: Buffer;
  readonly auth: Buffer;
  readonly shared: (theirs: Buffer) => Buffer;
}

/** Throws where a byte of it was changed, or it was meant for another. */
export function opened(body: Buffer, { own, auth, shared }: Opening): string {
  const salt = body.subarray(0, 16);
  const theirs = body.subarray(21, 21 + body.readUInt8(20));
  const sealed = body.subarray(21 + theirs.length);
  const from = (key: Buffer, by: Buffer, info: Buffer, length: number) => Buffer.from(hkdfSync('sha256', key, by, info, length));
  const secret = from(shared(theirs), auth, Buffer.concat([Buffer.from('WebPush: info\0'), own, theirs]), 32);
  const decipher = createDecipheriv(
    'aes-128-gcm',
    from(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16),
    from(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12),
  ).setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  const end = plain.lastIndexOf(2);
  if (sealed.length > body.readUInt32BE(16) || plain.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('No last record.');
  return plain.subarray(0, end).toString('utf8');
}

/** What a VAPID header claims, once its signature was found good (RFC 8292). Throws otherwise. */
export function claimsOf(authorization: string): Record<string, unknown> {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = bytesIn(key);
  const coordinate = (at: number) => point.subarray(at, at + 32).toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) }, format: 'jwk' });
  const good = verify('sha256', Buffer.from(`${head}.${claims}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytesIn(signature));
  if (!good || json(head).alg !== 'ES256') throw new Error('Not signed by that key.');
  return { ...json(claims), key };
}

/**
 * The push services of a test: every name is found at `addresses`, and whatever is dialled, this server answers: 201, or what `answer` says.
 * Each message is opened by the browser it went to.
 */
export async function createService(addresses: (host: string) => string[] = () => ['93.184.216.34']) {
  const browsers = new Map<string, Browser>();
  const delivered: Delivered[] = [];
  const asked: string[] = [];
  const dialled: string[] = [];
  const answers = new Map<string, { status: number; headers?: Record<string, string>; when?: Promise<unknown> } | 'silence'>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const path = request.url ?? '';
    asked.push(path);
    const answer = answers.get(path) ?? { status: 201 };
    if (answer === 'silence') return;
    if (answer.status === 201) {
      const text = browsers.get(path)?.open(Buffer.concat(chunks)) ?? '{}';
      const claims = claimsOf(String(request.headers.authorization));
      delivered.push({ path, news: pushNews.parse(JSON.parse(text)), headers: request.headers, claims });
    }
    await answer.when;
    response.writeHead(answer.status, answer.headers).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const post = createPost({
    resolve: async (host) => addresses(host),
    dial({ address }) {
      dialled.push(address);
      return connect(port, '127.0.0.1');
    },
    encrypt: (plain) => plain,
  });
  return {
    post,
    /** Messages that were taken. */
    delivered,
    /** Paths of all requests. */
    asked,
    dialled,
    answers,
    browser(host?: string): Browser {
      const browser = createBrowser(host);
      browsers.set(browser.path, browser);
      return browser;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
