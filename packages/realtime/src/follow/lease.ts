import { bytesOf, idOf, type Lookup, locked, lookup, type Stored } from '@koreromai/db';
import { changeKind } from '../lane/change.ts';
import type { Draft } from '../lane/draft.ts';

/** Writes of a follower that are committed together with its position: done once, whatever dies in between. */
export type Effect = (draft: Draft) => void;

interface Taking {
  readonly name: string;
  readonly holder: string;
  /** Where a follower starts that this database has never seen. */
  readonly start: number;
  readonly leaseFor: number;
}

export interface Taken {
  readonly held: boolean;
  readonly pos: number;
  /** When the lease ends, whosever it is. */
  readonly until: number;
}

type Row = Pick<Stored<'follower'>, 'name' | 'pos' | 'holder' | 'lease_until'>;

/** The follower's own row guards it: no stream is locked. */
const rows = (names: readonly string[]): Lookup<Row> =>
  locked(
    lookup(
      'follower',
      ['name', 'pos', 'holder', 'lease_until'],
      ['name'],
      names.map((name) => [name]),
    ),
  );
const byName = (found: readonly Row[]) => new Map(found.map((row) => [row.name, row]));
const isHeldBy = (row: Row, holder: string) => row.holder !== null && idOf(row.holder) === holder;

/** Takes the follower's lease, or tells how long it is another's. The first to come makes the row. */
export const leaseTaken = changeKind<Taking, Taken>()({
  name: 'follower.taken',
  alone: false,
  background: true,
  streams: () => [],
  lookups: (inputs) => ({ rows: rows(inputs.map((i) => i.name)) }),
  facts: (found) => byName(found.rows),
  decide({ name, holder, start, leaseFor }, known, draft) {
    const row = known.get(name);
    const until = draft.now + leaseFor;
    if (!row) {
      draft.insert('follower', { name, pos: start, holder: bytesOf(holder), lease_until: until });
      return { held: true, pos: start, until };
    }
    const pos = Number(row.pos);
    const theirs = row.holder !== null && !isHeldBy(row, holder) && Number(row.lease_until) > draft.now;
    if (theirs) return { held: false, pos, until: Number(row.lease_until) };
    draft.update('follower', { holder: bytesOf(holder), lease_until: until }, { name });
    return { held: true, pos, until };
  },
});

interface Moving {
  readonly name: string;
  readonly holder: string;
  readonly from: number;
  /** The same as `from` only renews the lease. */
  readonly to: number;
  readonly leaseFor: number;
  readonly effect?: Effect | undefined;
}

/** Moves the position and writes what the events caused, or does neither: false when somebody else has taken over. */
export const positionMoved = changeKind<Moving, boolean>()({
  name: 'follower.moved',
  alone: false,
  background: true,
  streams: () => [],
  lookups: (inputs) => ({ rows: rows(inputs.map((i) => i.name)) }),
  facts: (found) => byName(found.rows),
  decide({ name, holder, from, to, leaseFor, effect }, known, draft) {
    const row = known.get(name);
    if (!row || !isHeldBy(row, holder)) return false;
    if (Number(row.pos) === to && to !== from) return true; // a rerun after a lost answer: it was committed
    if (Number(row.pos) !== from) return false;
    draft.update('follower', { pos: to, lease_until: draft.now + leaseFor }, { name });
    effect?.(draft);
    return true;
  },
});

/** Lets go, so that whoever starts next need not wait for the lease to run out. */
export const leaseReleased = changeKind<{ name: string; holder: string }, void>()({
  name: 'follower.released',
  alone: false,
  background: true,
  streams: () => [],
  lookups: (inputs) => ({ rows: rows(inputs.map((i) => i.name)) }),
  facts: (found) => byName(found.rows),
  decide({ name, holder }, known, draft) {
    const row = known.get(name);
    if (row && isHeldBy(row, holder)) draft.update('follower', { holder: null, lease_until: 0 }, { name });
  },
});
