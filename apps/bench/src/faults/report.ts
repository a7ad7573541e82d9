import { describeFindings, type Finding, type Verdict } from '@koreromai/testing';

/** What a scenario did, in the order to print, and what the oracle says of it. */
export interface Report {
  readonly name: string;
  /** Counts that must not be nought: a run that did nothing proves nothing. */
  readonly did: Readonly<Record<string, number>>;
  readonly verdict: Verdict;
  /** What went wrong beside the invariants. */
  readonly troubles: readonly string[];
  /** Said after the counts. */
  readonly notes: string;
}

/** For loads that count by themselves: what the oracle would say of these counts. */
export function verdictOf({ acked, deliveries, lost, doubled }: Counts): Verdict {
  const none = { tries: acked, unknown: 0, refused: 0, readBacks: 0, wireDuplicates: doubled, skips: 0, resets: 0 };
  const findings: Finding[] = [];
  if (lost > 0) findings.push({ invariant: 'I1', sentence: `${lost} deliveries of acknowledged messages did not come` });
  if (doubled > 0) findings.push({ invariant: 'I5', sentence: `${doubled} deliveries came twice` });
  return { tally: { ...none, acked, deliveries, lost, doubled }, findings };
}

interface Counts {
  readonly acked: number;
  readonly deliveries: number;
  readonly lost: number;
  readonly doubled: number;
}

const number = (n: number) => n.toLocaleString('en-GB');

/** One line, e.g. `F1 sqlite: kills 50, acked 12,345, deliveries 98,765, lost 0, doubled 0`. */
export function lineOf({ name, did, verdict, notes }: Report): string {
  const { acked, deliveries, lost, doubled } = verdict.tally;
  const counts = Object.entries({ ...did, acked, deliveries, lost, doubled }).map(([what, n]) => `${what} ${number(n)}`);
  return `${name}: ${counts.join(', ')}${notes ? ` (${notes})` : ''}`;
}

/** Why the run does not count as passed, as text to print. Empty: it does. */
export function faultsOf({ did, verdict, troubles }: Report): string {
  const idle = Object.entries({ ...did, acked: verdict.tally.acked, deliveries: verdict.tally.deliveries }).filter(([, n]) => n === 0);
  return [
    ...idle.map(([what]) => `Nothing was proved: ${what} 0.`),
    ...troubles.slice(0, 10),
    ...(verdict.findings.length > 0 ? [describeFindings(verdict.findings)] : []),
  ].join('\n');
}
