import { id, limits, Refusal } from '@koreromai/contract';
import { previewsOf, type Reader } from '@koreromai/db';
import type { Lane } from '@koreromai/realtime';
import PQueue from 'p-queue';
import { z } from 'zod';
import type { JobKind } from '../jobs/jobs.ts';
import type { Limiter } from '../limiter.ts';
import { previewKept } from './changes.ts';
import type { Fetcher } from './fetch.ts';
import type { Images } from './images.ts';
import { type Link, linksIn } from './links.ts';
import type { Said } from './read.ts';

export interface Previews {
  /** False: nobody is asked, and nothing is shown. */
  readonly on: boolean;
  /** The job of a message with links. */
  readonly job: JobKind;
  /** Resolves when no page is being fetched here. */
  idle(): Promise<void>;
  /** Gives up what is being fetched. */
  close(): Promise<void>;
}

interface Options {
  readonly fetch: Fetcher | null;
  readonly images: Images;
  readonly read: Reader;
  readonly lane: Lane;
  readonly limiter: Limiter;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
}

const asked = z.object({ userId: id, urls: z.array(z.string()).max(limits.previews.perMessage) });

/**
 * Fetches pages beside the jobs, so that no mail waits for a stranger's slow server. A page that was being fetched when the process died is
 * fetched when somebody links to it again.
 */
export function createPreviews({ fetch, images, read, lane, limiter, now, onFault }: Options): Previews {
  const queue = new PQueue({ concurrency: limits.previews.atOnce });
  const ending = new AbortController();

  async function keep(link: Link, fetcher: Fetcher, userId: string): Promise<void> {
    const { signal } = ending;
    const said = await fetcher.page(link.url, signal).catch((): Said | null => null); // whatever a stranger's server does is no fault of ours
    const wanted = !signal.aborted && said?.image && (await allowed(limiter, userId)) ? said.image : null; // every request counts
    const image = wanted === null ? null : await images.take(wanted, fetcher, signal);
    if (signal.aborted) return;
    const { replaced } = await lane.change(previewKept, { link, said, image });
    await images.tidy(replaced);
  }

  /** Those that nobody asked lately. */
  async function stale(links: readonly Link[]): Promise<Link[]> {
    const rows = await previewsOf(
      read,
      links.map((link) => link.hash),
    );
    return links.filter((link) => {
      const row = rows.find((held) => link.hash.equals(held.url_hash));
      return !row || now() - Number(row.fetched_at) > (row.state === 'ok' ? limits.previews.freshFor : limits.previews.quietFor);
    });
  }

  return {
    on: fetch !== null,
    async job({ data }) {
      const { userId, urls } = asked.parse(data);
      if (fetch === null) return 'done';
      for (const link of await stale(linksIn(urls.join(' ')))) {
        if (queue.size >= limits.previews.waiting || !(await allowed(limiter, userId))) return 'done'; // a preview is a kindness, not a promise
        queue.add(() => keep(link, fetch, userId)).catch(onFault);
      }
      return 'done';
    },
    idle: () => queue.onIdle(),
    async close() {
      queue.clear();
      ending.abort();
      await queue.onIdle();
    },
  };
}

async function allowed(limiter: Limiter, userId: string): Promise<boolean> {
  try {
    await limiter.take('preview', userId);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
