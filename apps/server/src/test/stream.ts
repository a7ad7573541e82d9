import { eventually } from '@koreromai/testing';
import type { TestServer } from './server.ts';

export interface StreamFrame {
  readonly id: string | null;
  readonly data: { type: string } & Record<string, unknown>;
}

/** A stream of events as a client reads it, with everything that came. */
export async function openStream(server: TestServer, headers: Record<string, string>, query = '') {
  const giveUp = new AbortController();
  const response = await fetch(`${server.url}/api/v1/events${query}`, { headers, signal: giveUp.signal });
  const blocks: string[] = [];
  const frames: StreamFrame[] = [];
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let over = false;
  const take = (block: string) => {
    blocks.push(block);
    const data = /^data: (.*)$/m.exec(block)?.[1];
    if (data !== undefined) frames.push({ id: /^id: (.+)$/m.exec(block)?.[1] ?? null, data: JSON.parse(data) });
  };
  const ended = (async () => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      const parts = `${rest}${part.value}`.split('\n\n');
      rest = parts.pop() ?? '';
      for (const block of parts) take(block);
    }
  })()
    .catch(() => {}) // cut off, or given up
    .finally(() => (over = true));
  return {
    response,
    blocks,
    frames,
    /** Resolves when the server has ended it. */
    ended,
    over: () => over,
    event: (type: string, test: (frame: StreamFrame) => boolean = () => true) =>
      eventually(`the event ${type}`, () => frames.find((f) => f.data.type === type && test(f))),
    [Symbol.asyncDispose]: async () => {
      giveUp.abort();
      await ended;
    },
  };
}
