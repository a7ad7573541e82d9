import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createSend } from '../send.ts';

export interface Received {
  readonly path: string;
  readonly id: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Whether this is signed with that secret: by the letter of Standard Webhooks, and apart from what signs it. */
export function genuine({ headers, body }: Received, secret: string): boolean {
  const said = String(headers['webhook-signature']).replace(/^v1,/, '');
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const due = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest();
  const given = Buffer.from(said, 'base64');
  return given.length === due.length && timingSafeEqual(given, due);
}

/**
 * The receivers of a test: every name is found at `addresses`, and whatever is dialled, this server answers: 200, or what `answers` says for
 * the path, once or for good.
 */
export async function createReceiver(addresses: (host: string) => string[] = () => ['93.184.216.34']) {
  const received: Received[] = [];
  const dialled: string[] = [];
  const answers = new Map<string, { status: number; headers?: Record<string, string>; when?: Promise<unknown> } | 'silence'>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const path = request.url ?? '';
    received.push({
      path,
      id: String(request.headers['webhook-id']),
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    });
    const answer = answers.get(path) ?? { status: 200 };
    if (answer === 'silence') return;
    await answer.when;
    response.writeHead(answer.status, answer.headers).end('a long answer that nobody reads');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const send = createSend({
    resolve: async (host) => addresses(host),
    dial({ address }) {
      dialled.push(address);
      return connect(port, '127.0.0.1');
    },
    encrypt: (plain) => plain,
  });
  return {
    send,
    received,
    dialled,
    answers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
