import { percentile } from '../stats.ts';
import type { Run } from '../worker.ts';

/** 120 bytes, as a short message is. */
export const text = 'Kia ora! '.repeat(14).slice(0, 120);

/** Runs closed-loop posters side by side: each waits for its answer before it posts again. */
export async function closedLoop(posters: number, ms: number, post: (poster: number) => Promise<void>): Promise<Omit<Run, 'delivered'>> {
  const took: number[] = [];
  const started = performance.now();
  const end = started + ms;
  const one = async (poster: number) => {
    for (let before = performance.now(); before < end; ) {
      await post(poster);
      const after = performance.now();
      took.push(after - before);
      before = after;
    }
  };
  await Promise.all(Array.from({ length: posters }, (_, i) => one(i)));
  return { posts: took.length, seconds: (performance.now() - started) / 1_000, p50: percentile(took, 0.5), p99: percentile(took, 0.99) };
}
