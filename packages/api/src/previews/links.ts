import { createHash } from 'node:crypto';
import { limits } from '@koreromai/contract';
import { targetOf } from './target.ts';

export interface Link {
  readonly url: string;
  readonly hash: Buffer;
}

/** The first three places that a text links to and that may be asked, each once. */
export function linksIn(text: string): Link[] {
  const urls = new Set<string>();
  for (const [found] of text.matchAll(/\bhttps?:\/\/[^\s<>"'`\]]{1,2048}/gi)) {
    const url = targetOf(withoutTail(found));
    if (url) urls.add(url.href);
    if (urls.size === limits.previews.perMessage) break;
  }
  return [...urls].map((url) => ({ url, hash: createHash('sha256').update(url).digest() }));
}

/** What ends the sentence does not belong to the link; a bracket does when it was opened in it. */
function withoutTail(found: string): string {
  const bare = found.replace(/(?<![.,;:!?*_~])[.,;:!?*_~]+$/, '');
  return bare.endsWith(')') && !bare.includes('(') ? withoutTail(bare.slice(0, -1)) : bare;
}
