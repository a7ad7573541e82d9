import type { StreamEvent } from '@koreromai/contract';
import {
  bytesOf,
  type EventRow,
  type InsertRow,
  type OnDuplicate,
  type Row,
  type SetRow,
  type Table,
  type Value,
  type WhereRow,
  type Write,
} from '@koreromai/db';

export interface EventDraft {
  readonly stream: string;
  readonly type: StreamEvent['type'];
  readonly actor?: string | null;
  readonly subject?: string | null;
  readonly number?: number | null;
  /** Builds what goes on the wire from the place the event got. Without it, the event is projected when it is delivered. */
  readonly view?: (place: { stream: string; seq: number; at: string }) => StreamEvent;
}

export interface DraftedEvent {
  readonly row: EventRow;
  readonly stream: string;
  readonly draft: EventDraft;
}

/** What one change wants written. Kept apart until the change is decided, so that a refusal leaves nothing behind. */
export class Draft {
  readonly writes: Write[] = [];
  readonly events: DraftedEvent[] = [];
  readonly #heads: ReadonlyMap<string, number>;
  readonly #locked: ReadonlySet<string>;
  readonly #moved = new Map<string, number>();
  #now: number;

  constructor(now: number, heads: ReadonlyMap<string, number>, locked: ReadonlySet<string>) {
    this.#now = now;
    this.#heads = heads;
    this.#locked = locked;
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return this.#now;
  }

  /** What `work` drafts has happened at that time: for what is brought in with a past of its own. The log must be given it in order of time. */
  dated(at: number, work: () => void): void {
    const here = this.#now;
    this.#now = at;
    try {
      work();
    } finally {
      this.#now = here;
    }
  }

  /** The stream's head as this change sees it; 0 for a stream that is new. */
  head(stream: string): number {
    return this.#moved.get(stream) ?? this.#heads.get(stream) ?? 0;
  }

  get moved(): ReadonlyMap<string, number> {
    return this.#moved;
  }

  /** Appends an event and gives its seq. The stream must be among the change's streams: elsewhere the head is not known for sure. */
  event(draft: EventDraft): number {
    if (!this.#locked.has(draft.stream)) throw new Error(`${draft.type} was drafted on a stream that its change did not name.`);
    const seq = this.head(draft.stream) + 1;
    this.#moved.set(draft.stream, seq);
    const row = {
      stream_id: bytesOf(draft.stream),
      seq,
      type: draft.type,
      actor_id: draft.actor ? bytesOf(draft.actor) : null,
      subject_id: draft.subject ? bytesOf(draft.subject) : null,
      number: draft.number ?? null,
      at: this.now,
    };
    this.events.push({ row, stream: draft.stream, draft });
    return seq;
  }

  insert<T extends Table>(table: T, row: InsertRow<T>, onDuplicate: OnDuplicate = 'fail'): void {
    this.writes.push({ do: 'insert', table, columns: Object.keys(row), rows: [Object.values(row) as Value[]], onDuplicate });
  }

  update<T extends Table>(table: T, set: SetRow<T>, where: WhereRow<T>): void {
    this.writes.push({ do: 'update', table, set: set as Row, where: where as Row });
  }

  delete<T extends Table>(table: T, where: WhereRow<T>): void {
    this.writes.push({ do: 'delete', table, where: where as Row });
  }
}

/** Inserts of one shape, gathered. */
interface Group extends Extract<Write, { do: 'insert' }> {
  readonly rows: (readonly Value[])[];
}

/** Joins inserts of the same shape into multi-row ones. Within a table the order holds: what frees a key stays before what takes it. */
export function joined(writes: readonly Write[]): Write[] {
  const all: Write[] = [];
  const open = new Map<Table, Group[]>();
  for (const write of writes) {
    if (write.do !== 'insert') {
      open.delete(write.table);
      all.push(write);
      continue;
    }
    const groups = open.get(write.table);
    const group = groups?.find((one) => isAlike(one, write));
    if (group) {
      group.rows.push(...write.rows);
      continue;
    }
    const own: Group = { ...write, rows: [...write.rows] };
    if (groups) groups.push(own);
    else open.set(write.table, [own]);
    all.push(own);
  }
  return all;
}

const isAlike = (a: Group, b: Extract<Write, { do: 'insert' }>): boolean =>
  a.columns.length === b.columns.length && a.columns.every((column, i) => column === b.columns[i]) && isSame(a.onDuplicate, b.onDuplicate);

function isSame(a: OnDuplicate, b: OnDuplicate): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
}
