import type { EventSighting, Observer, Sighting } from './history.ts';

type Arrived = Pick<EventSighting, 'stream' | 'seq' | 'type' | 'messageId' | 'bodyHash'> & { version?: number };

/** What one observer is sent and what it makes of it: the least that an honest client does, written down. */
export class Ledger implements Observer {
  readonly id: string;
  readonly user: string;
  readonly from: Readonly<Record<string, number>>;
  readonly sightings: Sighting[] = [];
  readonly #held: Map<string, number>;
  #connection = 0;
  #arrival = 0;

  constructor(id: string, user: string, from: Readonly<Record<string, number>>) {
    this.id = id;
    this.user = user;
    this.from = from;
    this.#held = new Map(Object.entries(from));
  }

  /** A new connection begins. */
  connected(): void {
    this.#connection++;
  }

  held(stream: string): number {
    return this.#held.get(stream) ?? 0;
  }

  /** Takes an event: applied when it is new, dropped when it is held. A gap is applied too: judging it is the oracle's work. */
  event(arrived: Arrived): 'applied' | 'dropped' {
    const outcome = arrived.seq > this.held(arrived.stream) ? 'applied' : 'dropped';
    this.sightings.push({ ...arrived, ...this.#place(), outcome });
    this.#move(arrived.stream, arrived.seq);
    return outcome;
  }

  skip(stream: string, seq: number, toSeq: number): void {
    this.sightings.push({ ...this.#place(), outcome: 'skip', stream, seq, toSeq });
    this.#move(stream, toSeq);
  }

  /** The state up to `toSeq` was read. */
  fetched(stream: string, toSeq: number, reason: 'entered' | 'reset', messageIds: readonly string[] | null): void {
    this.sightings.push({ ...this.#place(), outcome: 'fetched', reason, stream, seq: this.held(stream) + 1, toSeq, messageIds });
    this.#move(stream, toSeq);
  }

  #place() {
    return { connection: this.#connection, arrival: ++this.#arrival };
  }

  #move(stream: string, seq: number): void {
    this.#held.set(stream, Math.max(this.held(stream), seq));
  }
}
