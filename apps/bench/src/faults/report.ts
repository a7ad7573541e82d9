import { describeFindings, type Verdict } from '@koreromai/testing';

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
