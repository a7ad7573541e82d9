import { changeKind } from '@koreromai/realtime';
import type { Link } from './links.ts';
import type { Said } from './read.ts';

/** What a page said, or that it said nothing; the latest counts. */
export const previewKept = changeKind<{ link: Link; said: Said | null }, void>()({
  name: 'preview.kept',
  alone: false,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide({ link, said }, _facts, draft) {
    const { title, description, site } = said ?? { title: '', description: '', site: '' };
    const row = { url_hash: link.hash, url: link.url, state: said ? 'ok' : 'none', title, description, site, fetched_at: draft.now };
    draft.insert('link_preview', row, { set: ['state', 'title', 'description', 'site', 'fetched_at'] });
  },
});
