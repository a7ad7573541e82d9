import { limits } from '@koreromai/contract';
import { Agent, type Dispatcher, request } from 'undici';
import { guarded, Unreachable, type Way } from './dial.ts';
import { type Said, saidIn } from './read.ts';
import { onwards, targetOf } from './target.ts';

/** Fetches what a page says of itself. Throws when it may not be asked, does not answer as it should or says nothing. */
export type PageFetcher = (url: string, ending?: AbortSignal) => Promise<Said>;

const { maxBytes, maxHeader, within, maxRedirects } = limits.previews;

const headers = {
  'user-agent': 'KoreroMai-LinkPreview/1.0 (fetches the title of a page that somebody linked to)',
  accept: 'text/html, application/xhtml+xml',
  'accept-encoding': 'identity',
};

/**
 * The one way by which this server asks strangers' servers for anything (S1–S4). Five seconds and four requests in all; one megabyte is read;
 * packed bodies are refused unread. No cookies, no referrer, nothing of who linked to it.
 */
export function createPageFetcher(way: Way = {}): PageFetcher {
  return async (raw, ending) => {
    const signal = AbortSignal.any([AbortSignal.timeout(within), ...(ending ? [ending] : [])]);
    const agent = new Agent({
      connect: guarded(way, signal),
      maxHeaderSize: maxHeader,
      pipelining: 0,
      headersTimeout: within,
      bodyTimeout: within,
    });
    try {
      let url = targetOf(raw);
      for (let hop = 0; hop <= maxRedirects; hop++) {
        if (url === null) throw new Unreachable('This link leads nowhere that may be asked.');
        const answer = await request(url, { dispatcher: agent, method: 'GET', headers, signal });
        answer.body.on('error', () => {}); // destroying a body tells of itself; who reads it hears of it anyway
        const { location } = answer.headers;
        if (answer.statusCode < 300 || answer.statusCode > 399) return await pageOf(answer);
        answer.body.destroy();
        url = onwards(url, Array.isArray(location) ? location[0] : location);
      }
      throw new Unreachable('This link leads on too often.');
    } finally {
      await agent.destroy();
    }
  };
}

async function pageOf({ statusCode, headers: said, body }: Dispatcher.ResponseData): Promise<Said> {
  const type = String(said['content-type'] ?? '');
  const packed = said['content-encoding'] !== undefined && said['content-encoding'] !== 'identity';
  if (statusCode !== 200 || packed || !/^\s*(text\/html|application\/xhtml\+xml)\s*(;|$)/i.test(type)) {
    body.destroy();
    throw new Unreachable('This is no page.');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, maxBytes - size));
    size += chunk.length;
    if (size >= maxBytes) break; // what a page says of itself stands at its top
  }
  const page = saidIn(Buffer.concat(chunks), type);
  if (page === null) throw new Unreachable('This page has no title.');
  return page;
}
