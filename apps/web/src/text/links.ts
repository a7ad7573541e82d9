export type Token = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

/** Starts at a word boundary; ends at white space, quotes, angle brackets and characters that could lie about the direction of the text. */
const candidate = /(?<![\p{L}\p{N}])https?:\/\/[^\s<>"'`\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]+/giu;
const closing: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
const trailing = new Set(['.', ',', ';', ':', '!', '?', '*', '_', '~', '…', '。', '、', '，', '！', '？']);

/** Message text as runs of plain text and links. Joined together the runs are the text, unchanged. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  for (const found of text.matchAll(candidate)) {
    const shown = withoutTrailing(found[0]);
    const href = safeAddress(shown);
    if (href === null) continue;
    if (found.index > from) tokens.push({ kind: 'text', text: text.slice(from, found.index) });
    tokens.push({ kind: 'link', text: shown, href });
    from = found.index + shown.length;
  }
  if (from < text.length) tokens.push({ kind: 'text', text: text.slice(from) });
  return tokens;
}

/** A full stop ends the sentence, not the address; a bracket belongs to it only when it was opened inside it. */
function withoutTrailing(raw: string): string {
  let end = raw.length;
  const balance = bracketBalance(raw);
  for (; end > 0; end--) {
    const last = raw.charAt(end - 1);
    const opener = closing[last];
    if (opener !== undefined) {
      const surplus = balance.get(opener) ?? 0;
      if (surplus >= 0) break;
      balance.set(opener, surplus + 1);
    } else if (!trailing.has(last)) break;
  }
  return raw.slice(0, end);
}

function bracketBalance(raw: string): Map<string, number> {
  const balance = new Map<string, number>();
  for (const char of raw) {
    const opener = closing[char] ?? char;
    if (opener === '(' || opener === '[' || opener === '{') balance.set(opener, (balance.get(opener) ?? 0) + (char === opener ? 1 : -1));
  }
  return balance;
}

/** http and https only, with a host and without a user name: `https://bank.example@evil.example` is a trick, not an address. */
export function safeAddress(shown: string): string | null {
  if (!URL.canParse(shown)) return null;
  const url = new URL(shown);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  return url.href;
}
