import type { Finding, InvariantId } from './finding.ts';
import type { History, Observer } from './history.ts';
import { isEvent } from './shown.ts';

/** The counts to print: a pass without them cannot be told from a test that did nothing. */
export interface Tally {
  tries: number;
  acked: number;
  unknown: number;
  refused: number;
  readBacks: number;
  deliveries: number;
  wireDuplicates: number;
  skips: number;
  resets: number;
  lost: number;
  doubled: number;
}

export function tallyOf(history: History, findings: readonly Finding[]): Tally {
  const tries = (outcome: string) => history.ops.filter((op) => op.outcome === outcome).length;
  const seen = (outcome: string) => history.observers.reduce((n, o) => n + o.sightings.filter((s) => s.outcome === outcome).length, 0);
  const found = (...ids: InvariantId[]) => findings.filter((f) => ids.includes(f.invariant)).length;
  return {
    tries: history.ops.length,
    acked: new Set(history.ops.filter((op) => op.outcome === 'ok').map((op) => op.messageId)).size,
    unknown: tries('info'),
    refused: tries('fail'),
    readBacks: history.reads?.length ?? 0,
    deliveries: seen('applied'),
    wireDuplicates: history.observers.reduce((n, o) => n + repeats(o), 0),
    skips: seen('skip'),
    resets: history.observers.reduce((n, o) => n + o.sightings.filter((s) => s.outcome === 'fetched' && s.reason === 'reset').length, 0),
    lost: found('I1', 'I3'),
    doubled: found('I5', 'I7'),
  };
}

/** Events that came over the wire more than once. */
function repeats(observer: Observer): number {
  const events = observer.sightings.filter(isEvent);
  return events.length - new Set(events.map((s) => `${s.stream}/${s.seq}`)).size;
}
