let last = { ms: 0, iso: new Date(0).toISOString() };

/** Milliseconds since 1970 as the contract writes an instant. Keeps the last one: what is committed together has one time, and says it in several places. */
export function isoOf(ms: number): string {
  if (last.ms !== ms) last = { ms, iso: new Date(ms).toISOString() };
  return last.iso;
}
