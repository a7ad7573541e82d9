export { check, describeFindings, type Verdict } from './check.ts';
export type { Finding, Invariant, InvariantId } from './finding.ts';
export type * from './history.ts';
export { invariants } from './invariants/index.ts';
export { Ledger } from './ledger.ts';
export { type Attempt, bodyHash, Recorder } from './recorder.ts';
export type { Tally } from './tally.ts';
