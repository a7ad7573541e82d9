import type { Entitlement } from './entitlement.ts';
import type { History } from './history.ts';

export type InvariantId = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10' | 'I11' | 'I12' | 'I13';

export interface Finding {
  invariant: InvariantId;
  /** What is wrong, with the evidence, as one sentence. */
  sentence: string;
}

/** One promise of the system, checked over a whole history: a sentence for each breach. */
export interface Invariant {
  id: InvariantId;
  promise: string;
  check: (history: History, entitlement: Entitlement) => Iterable<string>;
}
