import { limits } from '@koreromai/contract';
import { Agent, type Dispatcher, request } from 'undici';
import { guarded, Unreachable, type Way } from './dial.ts';
import { type Said, saidIn } from './read.ts';
import { onwards, targetOf } from './target.ts';

/** All that this server asks strangers' servers for. Each throws when a place may not be asked, does not answer as it should or says nothing. */
export interface Fetcher {
  /** What a page says of itself. */
  page(url: string, ending?: AbortSignal): Promise<Said>;
  /** The bytes of a picture, as they are: whatever they say they are, they are a stranger's. */
  picture(url: string, ending?: AbortSignal): Promise<Buffer>;
}

const { maxBytes, maxHeader, within, maxRedirects } = limits.previews;

const headers = {
  'user-agent': 'KoreroMai-LinkPreview/1.0 (fetches the title of a page that somebody linked to)',
  'accept-encoding': 'identity',
};

/**
 * The one way by which this server asks strangers' servers for anything (S1–S4). Five seconds and four requests for each; one megabyte is read;
 * packed bodies are refused unread. No cookies, no referrer, nothing of who linked to it.
 */
export function createFetcher(way: Way = {}): Fetcher {
  async function ask<Result>(
    { raw, accept, ending }: { raw: string; accept: string; ending: AbortSignal | undefined },
    take: (answer: Dispatcher.ResponseData, from: URL) => Promise<Result>,
  ): Promise<Result> {
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
        const answer = await request(url, { dispatcher: agent, method: 'GET', headers: { ...headers, accept }, signal });
        answer.body.on('error', () => {}); // destroying a body tells of itself; who reads it hears of it anyway
        const { location } = answer.headers;
        if (answer.statusCode < 300 || answer.statusCode > 399) return await take(answer, url);
        answer.body.destroy();
        url = onwards(url, Array.isArray(location) ? location[0] : location);
      }
      throw new Unreachable('This link leads on too often.');
    } finally {
      await agent.destroy();
    }
  }
  return {
    page: (raw, ending) => ask({ raw, accept: 'text/html, application/xhtml+xml', ending }, pageOf),
    picture: (raw, ending) => ask({ raw, accept: 'image/webp, image/png, image/jpeg, image/avif, image/gif', ending }, pictureOf),
  };
}

async function pageOf(answer: Dispatcher.ResponseData, from: URL): Promise<Said> {
  const type = typed(answer, /^\s*(text\/html|application\/xhtml\+xml)\s*(;|$)/i, 'This is no page.');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, maxBytes - size));
    size += chunk.length;
    if (size >= maxBytes) break; // what a page says of itself stands at its top
  }
  const page = saidIn(Buffer.concat(chunks), type, from);
  if (page === null) throw new Unreachable('This page has no title.');
  return page;
}

async function pictureOf(answer: Dispatcher.ResponseData): Promise<Buffer> {
  typed(answer, /^\s*image\//i, 'This is no picture.');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new Unreachable('This picture is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The type of an answer that is whole, not packed and of this kind. */
function typed({ statusCode, headers: said, body }: Dispatcher.ResponseData, kind: RegExp, otherwise: string): string {
  const type = String(said['content-type'] ?? '');
  const packed = said['content-encoding'] !== undefined && said['content-encoding'] !== 'identity';
  if (statusCode === 200 && !packed && kind.test(type)) return type;
  body.destroy();
  throw new Unreachable(otherwise);
}
