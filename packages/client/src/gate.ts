import { limits } from '@koreromai/contract';
import type { OperationLink, OperationResultObserver } from '@trpc/client';
import { observable, type Unsubscribable } from '@trpc/server/observable';
import type { AppRouter } from './router.ts';

type Link = OperationLink<AppRouter>;
type Observer = OperationResultObserver<AppRouter, unknown>;

/** What a call weighs on the wire, with room for its envelope. */
export const weightOf = (input: unknown): number => new TextEncoder().encode(JSON.stringify(input ?? null)).length + 200;

/** Heavier than this and a call belongs on HTTP, whose bodies may be larger than a frame. */
export const heaviest = limits.socket.maxPayload / 2;

/**
 * Lets few enough calls onto the socket that whatever the link sends in one frame is within the server's bounds. The
 * link batches all that waits, and after a reconnect that can be everything: one frame over the bound and the
 * socket is closed, or the whole batch refused, on every try again.
 */
export function gated(link: Link): Link {
  const most = { calls: limits.http.maxBatch - 4, weight: limits.socket.maxPayload * 0.9 };
  const waiting = new Set<{ weight: number; go: () => void }>();
  let calls = 0;
  let weight = 0;
  const admit = () => {
    for (const entry of waiting) {
      if (calls >= most.calls || (calls > 0 && weight + entry.weight > most.weight)) return; // in order: nobody overtakes
      waiting.delete(entry);
      calls += 1;
      weight += entry.weight;
      entry.go();
    }
  };

  return (params) => {
    if (params.op.type === 'subscription') return link(params);
    return observable((observer: Observer) => {
      let sent: Unsubscribable | null = null;
      let inside = false;
      const entry = {
        weight: weightOf(params.op.input),
        go() {
          inside = true;
          sent = link(params).subscribe(observer);
        },
      };
      waiting.add(entry);
      admit();
      return () => {
        waiting.delete(entry);
        sent?.unsubscribe();
        if (!inside) return;
        calls -= 1;
        weight -= entry.weight;
        admit();
      };
    });
  };
}
