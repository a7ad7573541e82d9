import type { EventSighting, Observer, Sighting } from './history.ts';

type Arrived = Pick<EventSighting, 'stream' | 'seq' | 'type' | 'messageId' | 'bodyHash'> & { version?: number };

/**
 * What one observer is sent and what it makes of it, written down: the least that an honest client does. It follows its
 * own stream and the conversations it has entered, and shows an event when its seq is above what it holds.
 */
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
    this.from = { [user]: 0, ...from };
    this.#held = new Map(Object.entries(this.from));
  }

  /** A new connection begins. */
  connected(): void {
    this.#connection++;
  }

  /** The seq held of a stream, null for a conversation that was not entered. */
  held(stream: string): number | null {
    return this.#held.get(stream) ?? null;
  }

  /** Takes an event. A gap is shown too: judging it is the oracle's work. */
  event(arrived: Arrived): 'applied' | 'dropped' {
    const outcome = arrived.seq > (this.held(arrived.stream) ?? Infinity) ? 'applied' : 'dropped';
    this.sightings.push({ ...arrived, ...this.#place(), outcome });
    this.#move(arrived.stream, arrived.seq);
    return outcome;
  }

  skip(stream: string, seq: number, toSeq: number): void {
    if (this.held(stream) === null) return;
    this.sightings.push({ ...this.#place(), outcome: 'skip', stream, seq, toSeq });
    this.#move(stream, toSeq);
  }

  /** The state up to `toSeq` was read, on entering the conversation or after a reset. */
  fetched(stream: string, toSeq: number, reason: 'entered' | 'reset', messageIds: readonly string[] | null): void {
    const seq = (this.held(stream) ?? 0) + 1;
    this.sightings.push({ ...this.#place(), outcome: 'fetched', reason, stream, seq, toSeq, messageIds });
    this.#held.set(stream, Math.max(seq - 1, toSeq));
  }

  left(stream: string): void {
    const seq = this.held(stream);
    if (seq === null) return;
    this.sightings.push({ ...this.#place(), outcome: 'left', stream, seq });
    this.#held.delete(stream);
  }

  #place() {
    return { connection: this.#connection, arrival: ++this.#arrival };
  }

  #move(stream: string, seq: number): void {
    const held = this.held(stream);
    if (held !== null) this.#held.set(stream, Math.max(held, seq));
  }
}
