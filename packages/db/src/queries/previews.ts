import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

/** What is known of the pages with these hashes of their URLs, with the picture of each while it is kept. */
export const previewsOf = (read: Reader, hashes: readonly Buffer[]) =>
  hashes.length === 0
    ? Promise.resolve([])
    : read
        .selectFrom('link_preview as p')
        .leftJoin('preview_image as i', 'i.id', 'p.image_id')
        .select(['p.url_hash', 'p.url', 'p.state', 'p.title', 'p.description', 'p.site', 'p.fetched_at'])
        .select(['i.id as image_id', 'i.width', 'i.height', 'i.size'])
        .where('p.url_hash', 'in', [...hashes])
        .execute();

/** Pictures of pages beyond the newest `kept`. Ids sort by birth. */
export const imagesBeyond = (read: Reader, kept: number, limit: number) =>
  read.selectFrom('preview_image').select('id').orderBy('id', 'desc').limit(limit).offset(kept).execute();

/** One picture of a page. */
export const previewImage = (read: Reader, id: string) =>
  read.selectFrom('preview_image').select(['id', 'size']).where('id', '=', bytesOf(id)).executeTakeFirst();

/** Which of these are pictures of pages that are kept. */
export const knownImages = (read: Reader, ids: readonly string[]) =>
  ids.length === 0 ? Promise.resolve([]) : read.selectFrom('preview_image').select('id').where('id', 'in', ids.map(bytesOf)).execute();
