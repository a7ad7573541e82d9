import { limits } from '@koreromai/contract';
import { Agent, request } from 'undici';
import { guarded, Unreachable, type Way } from '../previews/dial.ts';
import { targetOf } from '../previews/target.ts';

/** What became of one try: the status of the answer, or why there was none. */
export type Answer = { readonly status: number } | { readonly error: string };

/** Gives a delivery to a webhook's address. Never throws: whatever a stranger's server does is an answer. */
export type Send = (url: string, message: { headers: Record<string, string>; body: string }, ending: AbortSignal) => Promise<Answer>;

/** Where a webhook may lead, or null: https at its own port, a host of the public Internet (S1). */
export function webhookTargetOf(raw: string): URL | null {
  const url = targetOf(raw);
  return url?.protocol === 'https:' && url.port === '' ? url : null;
}

/** The same guarded way that link previews go: the address is judged when it is dialled, redirects are not followed, and nothing of the answer is read but its head. */
export function createSend(way: Way = {}): Send {
  return async (raw, { headers, body }, ending) => {
    const url = webhookTargetOf(raw);
    if (url === null) return { error: 'This address may not be asked.' };
    const timeout = AbortSignal.timeout(limits.webhooks.within);
    const signal = AbortSignal.any([ending, timeout]);
    const { maxHeader: maxHeaderSize } = limits.previews;
    const bounds = { headersTimeout: limits.webhooks.within, bodyTimeout: limits.webhooks.within, maxHeaderSize, pipelining: 0 };
    const agent = new Agent({ connect: guarded(way, signal), ...bounds });
    try {
      const own = { 'content-type': 'application/json', 'user-agent': 'KoreroMai-Webhooks/1.0' };
      const answer = await request(url, { dispatcher: agent, method: 'POST', headers: { ...own, ...headers }, body, signal });
      answer.body.on('error', () => {}); // destroying a body tells of itself; nobody reads it
      answer.body.destroy();
      return { status: answer.statusCode };
    } catch (error) {
      if (timeout.aborted) return { error: `No answer within ${limits.webhooks.within / 1_000} seconds.` };
      return { error: error instanceof Unreachable ? 'This is no host of the public Internet, or it hung up.' : 'Nobody answered.' };
    } finally {
      await agent.destroy();
    }
  };
}
