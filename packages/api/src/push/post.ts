import { limits } from '@koreromai/contract';
import { Agent, request } from 'undici';
import { guarded, type Way } from '../previews/dial.ts';
import { targetOf } from '../previews/target.ts';

/** What became of one message. `gone`: the push service knows this browser no more. `refused`: it never takes it, whenever it is asked. */
export type Fate = 'taken' | 'gone' | 'refused' | { readonly retryIn: number | null };

export interface Parcel {
  readonly endpoint: string;
  readonly body: Buffer;
  readonly authorization: string;
  /** What is not delivered yet is replaced by what bears the same topic: at most 32 letters of base64url. */
  readonly topic: string;
}

/** Gives a message to a push service. Never throws: whatever a stranger's server does is a fate. */
export type Post = (parcel: Parcel, ending: AbortSignal) => Promise<Fate>;

/** Where a browser may be written to, or null: https at its own port, a host of the public Internet (S1). */
export function pushTargetOf(endpoint: string): URL | null {
  const url = targetOf(endpoint);
  return url?.protocol === 'https:' && url.port === '' ? url : null;
}

/** The same guarded way that link previews go: the address is judged when it is dialled, redirects are not followed, and nothing of the answer is read but its head. */
export function createPost(way: Way = {}): Post {
  return async ({ endpoint, body, authorization, topic }, ending) => {
    const url = pushTargetOf(endpoint);
    if (url === null) return 'gone';
    const signal = AbortSignal.any([ending, AbortSignal.timeout(limits.push.within)]);
    const agent = new Agent({ connect: guarded(way, signal), maxHeaderSize: limits.previews.maxHeader, pipelining: 0 });
    try {
      const headers = {
        authorization,
        topic,
        ttl: String(limits.push.keptFor),
        urgency: 'high',
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
      };
      const answer = await request(url, { dispatcher: agent, method: 'POST', headers, body, signal });
      answer.body.on('error', () => {}); // destroying a body tells of itself; nobody reads it
      answer.body.destroy();
      return fateOf(answer.statusCode, answer.headers['retry-after']);
    } catch {
      return { retryIn: null }; // nobody there, or not in time: as common as phones without a network
    } finally {
      await agent.destroy();
    }
  };
}

function fateOf(status: number, retryAfter: string | string[] | undefined): Fate {
  if (status >= 200 && status < 300) return 'taken';
  if (status === 404 || status === 410) return 'gone';
  if (status !== 429 && status < 500) return 'refused';
  const seconds = Number(retryAfter);
  return { retryIn: Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3_600) * 1_000 : null };
}
