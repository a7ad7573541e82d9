import { createHash } from 'node:crypto';
import type { Dump, History, Observer, Op, ReadBack } from './history.ts';
import { Ledger } from './ledger.ts';

/** Enough of a text's SHA-256 to tell texts apart in a report. */
export const bodyHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** How one try to post ended; call one of them, once. */
export interface Attempt {
  ok(seq: number): void;
  fail(): void;
  info(): void;
}

/** Writes a history down while it happens. All its times are ticks of one counter: order is all that matters. */
export class Recorder {
  readonly ops: Op[] = [];
  readonly reads: ReadBack[] = [];
  readonly ledgers: Ledger[] = [];
  readonly #wireIds = new Map<Ledger, ReadonlySet<string>>();
  #ticks = 0;

  attempt(post: Pick<Op, 'process' | 'user' | 'conversationId' | 'messageId'> & { text: string }): Attempt {
    const { text, ...rest } = post;
    const invoke = ++this.#ticks;
    const end = (outcome: Op['outcome'], seq?: number) => {
      this.ops.push({ ...rest, bodyHash: bodyHash(text), invoke, return: ++this.#ticks, outcome, ...(seq === undefined ? {} : { seq }) });
    };
    return { ok: (seq) => end('ok', seq), fail: () => end('fail'), info: () => end('info') };
  }

  /** Somebody begins to ask for a message: gives what to call with the answer. */
  asking(look: Pick<ReadBack, 'process' | 'user' | 'node' | 'messageId'>): (found: boolean) => void {
    const invoke = ++this.#ticks;
    return (found) => void this.reads.push({ ...look, invoke, found });
  }

  /** A new observer, whose streams are held up to `from` at the start. `wireIds`: see Observer; filled while the history runs. */
  observer(id: string, user: string, from: Readonly<Record<string, number>> = {}, wireIds: ReadonlySet<string> = new Set()): Ledger {
    const ledger = new Ledger(id, user, from);
    this.ledgers.push(ledger);
    this.#wireIds.set(ledger, wireIds);
    return ledger;
  }

  history(database: Dump, rest: Pick<History, 'unread' | 'clients' | 'mails'> = {}): History {
    return { ops: this.ops, reads: this.reads, observers: this.ledgers.map((l) => this.#observed(l)), database, ...rest };
  }

  #observed(ledger: Ledger): Observer {
    const { id, user, from, sightings } = ledger;
    return { id, user, from, sightings, wireIds: [...(this.#wireIds.get(ledger) ?? [])] };
  }
}
