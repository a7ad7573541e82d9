/** Who has not been heard of for so long is forgotten. */
const forgetAfter = 60_000;

/**
 * How long a letter was under way, in milliseconds, by clocks that need not agree: more than the quickest that came from the same process.
 * Each of them beats all the time, so the quickest was quick.
 */
export function createAges(now: () => number = () => performance.now()): (node: string, sentAt: number) => number {
  const quickest = new Map<string, { offset: number; heardAt: number }>();
  return (node, sentAt) => {
    const at = now();
    for (const [other, { heardAt }] of quickest) if (at - heardAt > forgetAfter) quickest.delete(other);
    const offset = Math.min(at - sentAt, quickest.get(node)?.offset ?? Number.POSITIVE_INFINITY);
    quickest.set(node, { offset, heardAt: at });
    return at - sentAt - offset;
  };
}
