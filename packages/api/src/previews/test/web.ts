import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createFetcher } from '../fetch.ts';

/** A public address, for names that a test lets resolve. */
export const somewhere = '93.184.216.34';

/**
 * The Internet of a test: every name is found at `addresses`, and whatever address is dialled, this server answers. What was dialled is kept.
 */
export async function createWeb(answer: RequestListener, addresses: (host: string) => string[] = () => [somewhere]) {
  const asked: string[] = [];
  const headers: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    headers.push(request.headers);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const dialled: string[] = [];
  const fetcher = createFetcher({
    resolve: async (host) => addresses(host),
    dial(place) {
      dialled.push(`${place.address}:${place.port}`);
      return connect(port, '127.0.0.1');
    },
  });
  return {
    fetcher,
    fetch: fetcher.page,
    picture: fetcher.picture,
    asked,
    headers,
    dialled,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A page with this head. */
export const html = (head: string) => `<!doctype html><html><head>${head}</head><body>Kia ora</body></html>`;
