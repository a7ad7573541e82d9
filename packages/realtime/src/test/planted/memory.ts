import { type EventRow, type Head, idOf, type Lookup, type Row, type Value, type Write } from '@koreromai/db';
import type { Dump } from '@koreromai/testing';
import { bodyHash } from '@koreromai/testing';
import type { LogEvent } from '../../log/event.ts';

/** Unique keys of the tables that the test's changes write. */
const keys: Partial<Record<string, readonly string[]>> = {
  message: ['id'],
  span: ['conversation_id', 'user_id', 'from_seq'],
  counter: ['conversation_id', 'bucket', 'author_id'],
  room_count: ['conversation_id'],
};

/** What a database keeps, in memory: committed rows, the log and row locks on streams. Every method is one indivisible step. */
export class Memory {
  readonly tables = new Map<string, Row[]>();
  readonly log: LogEvent[] = [];
  readonly streams = new Map<string, { seq: number; pos: number }>();
  readonly #locks = new Map<string, object>();
  #freed: (() => void)[] = [];
  /** Whether unique keys are kept. */
  unique = true;
  /** The last pos that was given out, which is the head of the log once everything has committed. */
  taken = 0;

  rows(table: string): Row[] {
    const rows = this.tables.get(table) ?? [];
    this.tables.set(table, rows);
    return rows;
  }

  read(one: Lookup): Row[] {
    return one.keys.flatMap((key) => this.rows(one.table).filter((row) => one.by.every((column, i) => same(row[column], key[i]))));
  }

  heads(ids: readonly Buffer[]): Head[] {
    return ids.flatMap((id) => {
      const head = this.streams.get(idOf(id));
      return head ? [{ id, seq: head.seq }] : [];
    });
  }

  /** Waits for the row and locks it for `owner`. */
  async lock(id: Buffer, owner: object): Promise<void> {
    for (let holder = this.#locks.get(idOf(id)); holder !== undefined && holder !== owner; holder = this.#locks.get(idOf(id))) {
      await new Promise<void>((resolve) => this.#freed.push(resolve));
    }
    this.#locks.set(idOf(id), owner);
  }

  release(owner: object): void {
    for (const [id, holder] of this.#locks) if (holder === owner) this.#locks.delete(id);
    const freed = this.#freed;
    this.#freed = [];
    for (const wake of freed) wake();
  }

  /** Takes the pos of `n` events and gives the last one. */
  take(n: number): number {
    return (this.taken += n);
  }

  /** All or nothing, as COMMIT is. `head` is the pos of the last event. */
  commit(writes: readonly Write[], events: readonly EventRow[], heads: readonly Head[], head: number): void {
    for (const write of writes) if (write.do === 'insert' && write.onDuplicate === 'fail') this.#refuseTwins(write);
    for (const write of writes) this.#apply(write);
    events.forEach((e, i) => {
      const at = { pos: head - events.length + 1 + i, stream: idOf(e.stream_id), seq: e.seq };
      const ids = { actor: e.actor_id && idOf(e.actor_id), subject: e.subject_id && idOf(e.subject_id) };
      this.log.push({ ...at, ...ids, type: e.type as LogEvent['type'], number: e.number, at: e.at });
      this.streams.set(at.stream, { seq: at.seq, pos: at.pos });
    });
    for (const { id, seq } of heads) this.streams.set(idOf(id), { seq, pos: this.streams.get(idOf(id))?.pos ?? head });
  }

  dump(): Dump {
    const id = (value: Value | undefined) => (Buffer.isBuffer(value) ? idOf(value) : String(value));
    return {
      messages: this.rows('message').map((m) => ({
        conversationId: id(m.conversation_id),
        seq: Number(m.seq),
        id: id(m.id),
        authorId: id(m.author_id),
        bodyHash: bodyHash(String(m.text)),
      })),
      events: this.log.map(({ stream, seq, pos, type, subject }) => ({
        stream,
        seq,
        pos,
        type,
        messageId: type === 'message.created' ? subject : null,
      })),
      streams: [...this.streams].map(([stream, head]) => ({ id: stream, ...head })),
      spans: this.rows('span').map((s) => ({
        conversationId: id(s.conversation_id),
        userId: id(s.user_id),
        fromSeq: Number(s.from_seq),
        toSeq: s.to_seq === null ? null : Number(s.to_seq),
      })),
      logHead: this.taken,
      counters: this.rows('counter').map((c) => ({
        conversationId: id(c.conversation_id),
        authorId: id(c.author_id),
        messages: Number(c.messages),
      })),
      followers: this.rows('room_count').map((c) => ({ conversationId: id(c.conversation_id), followers: Number(c.followers) })),
      complaints: [],
    };
  }

  #refuseTwins(write: Insert): void {
    const key = keys[write.table] ?? [];
    const made = write.rows.map((row) => key.map((c) => hexOf(row[write.columns.indexOf(c)])).join());
    const twins = new Set(made).size < made.length || write.rows.some((row) => this.#twin(write, row));
    if (this.unique && key.length > 0 && twins) throw Object.assign(new Error('duplicate'), { code: 'ER_DUP_ENTRY' });
  }

  #twin(write: Insert, row: readonly Value[]): Row | undefined {
    const key = keys[write.table] ?? [];
    return key.length === 0 || (!this.unique && write.onDuplicate === 'fail')
      ? undefined
      : this.rows(write.table).find((stored) => key.every((c) => same(stored[c], row[write.columns.indexOf(c)])));
  }

  #apply(write: Write): void {
    const rows = this.rows(write.table);
    if (write.do === 'insert') {
      for (const row of write.rows) {
        const made = Object.fromEntries(write.columns.map((c, i) => [c, row[i] ?? null]));
        const twin = this.#twin(write, row);
        if (!twin) rows.push(made);
        else if (typeof write.onDuplicate === 'object' && 'add' in write.onDuplicate) {
          const sums = Object.fromEntries(write.onDuplicate.add.map((c) => [c, Number(twin[c]) + Number(made[c])]));
          rows[rows.indexOf(twin)] = { ...twin, ...sums };
        }
      }
      return;
    }
    if (write.do !== 'update') throw new Error('The changes of this test delete nothing.');
    for (const [i, row] of rows.entries()) {
      if (Object.entries(write.where).every(([c, v]) => same(row[c], v))) rows[i] = { ...row, ...write.set };
    }
  }
}

type Insert = Extract<Write, { do: 'insert' }>;
const hexOf = (value: Value | undefined) => (Buffer.isBuffer(value) ? value.toString('hex') : String(value));
const same = (a: Value | undefined, b: Value | undefined) =>
  Buffer.isBuffer(a) && Buffer.isBuffer(b) ? a.equals(b) : (a ?? null) === (b ?? null);
