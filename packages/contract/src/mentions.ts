import { z } from 'zod';
import { id } from './ids.ts';
import { limits } from './limits.ts';
import { pageInput } from './page.ts';
import { username, usernameKeyOf } from './username.ts';

/** Somebody whom a message names and who could see the chat when it did. `handle` is what stands behind the @; `here` is everybody in a group. */
export const mention = z.object({ userId: id, handle: z.string() });
export type Mention = z.infer<typeof mention>;

export const mentionsInput = z.strictObject({ ...pageInput });

/** `@here` names everybody who is in a group. */
export const here = 'here';

/** Neither in an address, nor in a path, nor behind another @. Linear: no character is looked at twice. */
const named = /(?<![\p{L}\p{N}_@/.+-])@([\p{L}\p{N}_.-]+)/gu;

/** A username and a few dots behind it. */
const longest = 2 * limits.username.max;

/** By hand: a pattern tied to the end alone is tried at every character of a long row of dots. */
function withoutTail(key: string): string {
  let end = key.length;
  while (end > 0 && '._-'.includes(key.charAt(end - 1))) end--;
  return key.slice(0, end);
}

/**
 * The handles of a text in order, each once and at most as many as a message may name: how each may be meant, the longest first,
 * because a dot or a dash behind a handle may end the sentence.
 */
export function handlesIn(text: string): string[][] {
  const found = new Map<string, string[]>();
  for (const [, written = ''] of text.matchAll(named)) {
    if (found.size === limits.mentions.perMessage) break;
    if (written.length > longest) continue;
    const key = usernameKeyOf(written);
    const meant = [...new Set([key, withoutTail(key)])].filter((handle) => username.safeParse(handle).success);
    if (meant.length > 0) found.set(key, meant);
  }
  return [...found.values()];
}
