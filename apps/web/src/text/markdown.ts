import MarkdownIt from 'markdown-it';
import { safeAddress } from './links.ts';

/** What may stand in a message. Everything else, markup above all, is the words it is (UI17). */
export type Mark =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'fence'; readonly text: string; readonly language: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'link'; readonly href: string; readonly inside: Mark[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly start: number; readonly inside: Mark[] }
  | { readonly kind: 'strong' | 'em' | 's' | 'paragraph' | 'quote' | 'item'; readonly inside: Mark[] };

/** Marks within marks, at most: each is a few frames of the stack where it is drawn, and `****…` would open a thousand. */
const DEEPEST = 20;

const parser = new MarkdownIt('zero', { html: false, linkify: false, typographer: false, breaks: true, maxNesting: DEEPEST }).enable([
  ...['blockquote', 'fence', 'list'],
  ...['newline', 'escape', 'backticks', 'strikethrough', 'emphasis', 'link'],
]);
// What is no address to us stays the words it is, brackets and all.
parser.validateLink = (address) => safeAddress(address) !== null;
/** An address may hold signs that mean something elsewhere: from its colon on it is taken whole, before those are looked at. */
parser.inline.ruler.before('escape', 'address', (state, silent) => {
  if (state.src.charAt(state.pos) !== ':' || !/(?<![\p{L}\p{N}])https?$/iu.test(state.pending)) return false;
  const [found] = /^:\/\/[^\s<>"'`[\]]+/.exec(state.src.slice(state.pos)) ?? [];
  if (found === undefined) return false;
  const rest = withoutTail(found);
  if (!silent) state.pending += rest;
  state.pos += rest.length;
  return true;
});

/** What ends a sentence does not end an address, unless it closes what the address opened. By hand: linear in a row of dots of any length. */
function withoutTail(address: string): string {
  let end = address.length;
  while (end > 0 && ')*_~.,;:!?'.includes(address.charAt(end - 1))) end--;
  return address.slice(end).includes(')') && address.includes('(') ? address : address.slice(0, end);
}

/** A text's words without the signs that mark them, a line for a line: what a row, a quote or a find shows of it. Never empty where the text is not. */
export const saidIn = (text: string): string =>
  said(marksOf(text))
    .replace(/\n{2,}/gu, '\n')
    .trim() || text;

function said(marks: readonly Mark[]): string {
  return marks.map(wordsOf).join('');
}

function wordsOf(mark: Mark): string {
  if (mark.kind === 'fence') return `${mark.text}\n`;
  if (mark.kind === 'text' || mark.kind === 'code') return mark.text;
  if (mark.kind === 'break') return '\n';
  if (mark.kind === 'link') return honest(mark.inside, mark.href) ? said(mark.inside) : mark.href;
  if (mark.kind === 'list' && mark.ordered) return mark.inside.map((item, i) => `${mark.start + i}. ${wordsOf(item)}`).join('');
  const words = said(mark.inside);
  return mark.kind === 'strong' || mark.kind === 'em' || mark.kind === 's' ? words : `${words}\n`;
}

/** Words that look like an address have to be the address they lead to. */
export function honest(inside: readonly Mark[], href: string): boolean {
  const said = inside
    .map((mark) => ('text' in mark ? mark.text : ''))
    .join('')
    .trim();
  return !/^(?:https?:\/\/|www\.)|^[\w-]+(?:\.[\w-]+)+(?:\/|$)/i.test(said) || href.includes(said.replace(/^https?:\/\//i, ''));
}

type Token = ReturnType<typeof parser.parse>[number];
const names: Record<string, Exclude<Mark, { text: string }>['kind']> = {
  ...{ strong_open: 'strong', em_open: 'em', s_open: 's', paragraph_open: 'paragraph', blockquote_open: 'quote' },
  ...{ list_item_open: 'item', bullet_list_open: 'list', ordered_list_open: 'list', link_open: 'link' },
};

/** A text as a tree of what may be shown, at most {@link DEEPEST} deep; never throws. */
export function marksOf(text: string): Mark[] {
  const blocks = parser.parse(text, {});
  // From there on the parser leaves out what is in quotes and lists: such a text is the words it is.
  if (blocks.some((token) => token.level + 1 >= DEEPEST)) return [{ kind: 'text', text }];
  return treeOf(blocks.flatMap((token) => (token.type === 'inline' ? (token.children ?? []) : [token])));
}

function treeOf(tokens: readonly Token[]): Mark[] {
  const root: Mark[] = [];
  const open: Mark[][] = [root];
  for (const token of tokens) {
    if (token.hidden) continue; // the paragraph of a list without gaps
    const here = open.at(-1) ?? root;
    if (token.nesting === 1) {
      const inside: Mark[] = open.length > DEEPEST ? here : [];
      if (inside !== here) here.push(opened(token, inside));
      open.push(inside);
    } else if (token.nesting === -1) open.pop();
    else here.push(leafOf(token));
  }
  return root;
}

function opened(token: Token, inside: Mark[]): Mark {
  const kind = names[token.type] ?? 'paragraph';
  if (kind === 'list') return { kind, ordered: token.type === 'ordered_list_open', start: Number(token.attrGet('start') ?? 1), inside };
  if (kind !== 'link') return kind === 'break' ? { kind } : { kind, inside };
  return { kind, href: String(token.attrGet('href') ?? ''), inside };
}

function leafOf(token: Token): Mark {
  if (token.type === 'softbreak' || token.type === 'hardbreak') return { kind: 'break' };
  if (token.type === 'code_inline') return { kind: 'code', text: token.content };
  if (token.type === 'fence')
    return { kind: 'fence', text: token.content.replace(/\n$/, ''), language: token.info.trim().split(/\s/)[0] ?? '' };
  return { kind: 'text', text: token.content };
}
