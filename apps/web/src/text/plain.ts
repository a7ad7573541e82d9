import { createSignal } from 'solid-js';

/** Without one of these signs a text is what it says, and most are: they need no parser. */
export const maybeMarked = /[*_~`[]|^ {0,3}(?:>|[-+] |\d{1,9}[.)] )/m;

/** More of a text than this is not read: a message is shorter. */
const MOST = 8_000;
/** A line has room for fewer. */
const LINE = 300;

const [saidIn, bring] = createSignal<((text: string) => string) | null>(null);
let asked = false;

/**
 * What a text says, without the signs of its marks: **bold** is bold. For where a message's words stand and nothing is drawn. Until the
 * parser is here, which the first marked text brings, it is the text as it was written; called where something is shown, it follows.
 */
export function plainWords(text: string | null | undefined, most = MOST): string {
  const read = text?.slice(0, most) ?? '';
  if (!maybeMarked.test(read)) return read;
  const said = saidIn();
  if (said === null && !asked) {
    asked = true;
    import('./markdown.ts').then((parser) => bring(() => parser.saidIn), reportError);
  }
  return said === null ? read : said(read);
}

/** The beginning of it, for a row that ends where its room does. */
export const firstWords = (text: string | null | undefined): string => plainWords(text, LINE);
