import { limits, normaliseText } from '@koreromai/contract';
import { Parser } from 'htmlparser2';
import { onwards } from './target.ts';

export interface Said {
  readonly title: string;
  readonly description: string;
  readonly site: string;
  /** Where its picture is, judged like a link; null without one that may be asked for. */
  readonly image: string | null;
}

const { title: titleLength, description: descriptionLength, site: siteLength } = limits.previews;

/** What a page says of itself, or null when it has no title. Read as text, never as markup: the words are a stranger's (S5). */
export function saidIn(bytes: Buffer, contentType: string, from: URL): Said | null {
  const metas = new Map<string, string>();
  let title: string | null = null;
  let inTitle = false;
  const parser = new Parser({
    onopentag(name, { property, name: named, content }) {
      inTitle = name === 'title' && title === null;
      if (inTitle) title = '';
      const key = (property ?? named)?.toLowerCase();
      if (name === 'meta' && key && content && metas.size < 100 && !metas.has(key)) metas.set(key, content.slice(0, 5_000));
    },
    ontext(text) {
      if (inTitle && (title?.length ?? 0) < 5_000) title += text;
    },
    onclosetag() {
      inTitle = false;
    },
  });
  parser.end(decoded(bytes, contentType));
  const first = (...words: (string | null | undefined)[]) => words.find((word) => word?.trim()) ?? '';
  const said = {
    title: cleaned(first(metas.get('og:title'), title), titleLength),
    description: cleaned(first(metas.get('og:description'), metas.get('description')), descriptionLength),
    site: cleaned(first(metas.get('og:site_name')), siteLength),
    image: imageIn(first(...pictures.map((name) => metas.get(name))), from),
  };
  return said.title === '' ? null : said;
}

const pictures = ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image'];

const imageIn = (raw: string, from: URL): string | null => (raw.trim() === '' ? null : (onwards(from, raw.trim())?.href ?? null));

/** One line without anything that hides or turns text, at most `length` code points. */
function cleaned(raw: string, length: number): string {
  const line = normaliseText(raw.slice(0, 5_000))
    .replace(/[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Co}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const letters = [...line];
  return letters.length <= length ? line : `${letters.slice(0, length - 1).join('')}…`;
}

function decoded(bytes: Buffer, contentType: string): string {
  const told = /charset=["']?([\w-]{1,40})/i;
  const name = (told.exec(contentType) ?? told.exec(bytes.subarray(0, 1_024).toString('latin1')))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(name).decode(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new TextDecoder().decode(bytes); // a name that nobody knows
  }
}
