import type { Dump, Span } from './history.ts';

/** Who may see what, by the spans of the database. A user's own stream is theirs from its first seq. */
export interface Entitlement {
  /** Some stay of the user covers this seq. */
  covers(user: string, stream: string, seq: number): boolean;
  /**
   * The first seq of the stay that still lasts, null when there is none. Only a lasting stay owes deliveries:
   * whoever is out when they come back sees nothing of it, not even what was sent while they were in (H2).
   */
  owedFrom(user: string, stream: string): number | null;
}

export function entitlementOf(database: Dump): Entitlement {
  const spans = Map.groupBy(database.spans, (span) => keyOf(span.userId, span.conversationId));
  const of = (user: string, stream: string): readonly Pick<Span, 'fromSeq' | 'toSeq'>[] =>
    user === stream ? own : (spans.get(keyOf(user, stream)) ?? []);
  return {
    covers: (user, stream, seq) => of(user, stream).some((s) => s.fromSeq <= seq && seq <= (s.toSeq ?? Infinity)),
    owedFrom: (user, stream) => of(user, stream).find((s) => s.toSeq === null)?.fromSeq ?? null,
  };
}

const own = [{ fromSeq: 1, toSeq: null }];
const keyOf = (user: string, stream: string) => `${user} ${stream}`;
