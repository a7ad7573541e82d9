import type { Api } from '@koreromai/client';
import { listed } from '../language/grammar.ts';
import { t } from './words.ts';

/** More names than these nobody reads. */
const NAMED = 10;

/** The names behind a reaction, the newest first: "Ben, Mere and 3 others". */
export async function whoReacted(api: Pick<Api, 'reactions'>, messageId: string, emoji: string): Promise<string | undefined> {
  const names: string[] = [];
  let cursor: string | null = null;
  let more = false;
  do {
    const page: Awaited<ReturnType<typeof api.reactions.list.query>> = await api.reactions.list.query({ messageId, cursor, limit: 100 });
    names.push(...page.items.filter((item) => item.emoji === emoji).map((item) => item.user.name));
    cursor = page.nextCursor;
    more = names.length > NAMED;
  } while (cursor !== null && !more);
  if (names.length === 0) return undefined;
  const rest = more ? [t('others')] : [];
  return listed([...names.slice(0, NAMED), ...rest]);
}
