import { entitlementOf } from './entitlement.ts';
import type { Finding } from './finding.ts';
import type { History } from './history.ts';
import { invariants } from './invariants/index.ts';
import { type Tally, tallyOf } from './tally.ts';

export interface Verdict {
  tally: Tally;
  findings: Finding[];
}

/** The oracle: every invariant over the whole history. It reads nothing but its argument. */
export function check(history: History): Verdict {
  const entitlement = entitlementOf(history.database);
  const findings: Finding[] = [];
  for (const { id, check } of invariants) {
    for (const sentence of check(history, entitlement)) findings.push({ invariant: id, sentence });
  }
  return { tally: tallyOf(history, findings), findings };
}

/** The first findings as lines to print, and how many more there are. */
export function describeFindings(findings: readonly Finding[], atMost = 20): string {
  const lines = findings.slice(0, atMost).map((f) => `${f.invariant} ${f.sentence}`);
  if (findings.length > atMost) lines.push(`… and ${findings.length - atMost} more`);
  return lines.join('\n');
}
