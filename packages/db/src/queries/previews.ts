import type { Reader } from '../orm.ts';

/** What is known of the pages with these hashes of their URLs. */
export const previewsOf = (read: Reader, hashes: readonly Buffer[]) =>
  hashes.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('link_preview')
        .select(['url_hash', 'url', 'state', 'title', 'description', 'site', 'fetched_at'])
        .where('url_hash', 'in', [...hashes])
        .execute();
