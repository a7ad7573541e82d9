import { bytesOf, idOf, locked, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import type { Link } from './links.ts';
import type { Said } from './read.ts';

export interface KeptImage {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Bytes. */
  readonly size: number;
}

/** What a page said, or that it said nothing, with its picture, whose bytes are stored already; the latest counts. Gives the picture that it replaced. */
export const previewKept = changeKind<
  { link: Link; said: Omit<Said, 'image'> | null; image: KeptImage | null },
  { replaced: string | null }
>()({
  name: 'preview.kept',
  alone: true,
  streams: () => [],
  lookups: (inputs) => ({
    before: locked(
      lookup(
        'link_preview',
        ['image_id'],
        ['url_hash'],
        inputs.map((i) => [i.link.hash]),
      ),
    ),
  }),
  facts: (found) => found.before[0]?.image_id ?? null,
  decide({ link, said, image }, before, draft) {
    const { title, description, site } = said ?? { title: '', description: '', site: '' };
    const image_id = image && bytesOf(image.id);
    const row = {
      url_hash: link.hash,
      url: link.url,
      state: said ? 'ok' : 'none',
      title,
      description,
      site,
      image_id,
      fetched_at: draft.now,
    };
    draft.insert('link_preview', row, { set: ['state', 'title', 'description', 'site', 'image_id', 'fetched_at'] });
    if (image) draft.insert('preview_image', { ...image, id: bytesOf(image.id) }, 'ignore'); // a rerun after a lost answer
    const replaced = before === null || idOf(before) === image?.id ? null : idOf(before);
    if (replaced !== null) draft.delete('preview_image', { id: bytesOf(replaced) });
    return { replaced };
  },
});

/** Pictures of pages are forgotten; their bytes go next. */
export const imagesDropped = changeKind<{ ids: readonly string[] }, void>()({
  name: 'preview.dropped',
  alone: false,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide({ ids }, _facts, draft) {
    for (const id of ids) draft.delete('preview_image', { id: bytesOf(id) });
  },
});
