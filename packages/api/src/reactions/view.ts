import { like } from '@koreromai/contract';
import { idOf } from '@koreromai/db';

interface Row {
  readonly emoji: string;
  readonly user_id: Buffer;
  readonly created_at: number;
}

/** How a message's reactions stand, and which are one person's: in the order in which each emoji first came. */
export function reactingNow(rows: readonly Row[], userId: string) {
  const oldestFirst = rows.toSorted((a, b) => Number(a.created_at) - Number(b.created_at) || (a.emoji < b.emoji ? -1 : 1));
  const counts = new Map<string, number>();
  for (const { emoji } of oldestFirst) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  return {
    userId,
    emojis: oldestFirst.filter((r) => idOf(r.user_id) === userId).map((r) => r.emoji),
    reactions: [...counts].filter(([emoji]) => emoji !== like).map(([emoji, count]) => ({ emoji, count })),
    likeCount: counts.get(like) ?? 0,
  };
}
