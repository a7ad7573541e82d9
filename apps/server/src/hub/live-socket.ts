import type { Duplex } from 'node:stream';
import { limits } from '@koreromai/contract';
import { type Outlet, textFrame } from '@koreromai/realtime';
import { WebSocket } from 'ws';

/** Writes what sockets were given in one turn of the event loop, one write for each. */
export interface Tick {
  add(socket: LiveSocket): void;
}

export function createTick(): Tick {
  let given: LiveSocket[] = [];
  const flush = () => {
    const sockets = given;
    given = [];
    for (const socket of sockets) socket.flush();
  };
  return {
    add(socket) {
      if (given.push(socket) === 1) setImmediate(flush);
    },
  };
}

/** What tRPC says waits for an asker's reading too, though the feeds wait at one backlog by themselves. */
const mostBytes = 8 * limits.feed.backlogBytes;

/**
 * A socket on which answers and events leave in the order in which they were given, in one write a turn. Sound because the server
 * neither compresses nor fragments: pings, pongs and closings of the library's own go between whole frames.
 */
export class LiveSocket extends WebSocket implements Outlet {
  #net: Duplex | null = null;
  #tick: Tick | null = null;
  readonly #queue: Buffer[] = [];
  #queued = 0;
  #draining: Promise<void> | null = null;
  #freed = (): void => {};

  /** Takes the connection that the upgrade came by. */
  adopt(net: Duplex, tick: Tick): void {
    this.#net = net;
    this.#tick = tick;
  }

  /** Bytes that wait: given in this turn, or not yet taken by the system. */
  get backlog(): number {
    return this.#queued + (this.#net?.writableLength ?? 0);
  }

  /** Cuts off a peer that asks and does not read: once too much waits for it, the next answer is its last. */
  override send(text: string | Uint8Array): void {
    if (this.backlog > mostBytes) this.terminate();
    else this.write(textFrame(String(text)));
  }

  write(frame: Buffer): void {
    if (this.readyState !== this.OPEN) return;
    this.#queued += frame.length;
    if (this.#queue.push(frame) === 1) this.#tick?.add(this);
  }

  flush(): void {
    const first = this.#queue[0];
    if (!first) return;
    const bytes = this.#queue.length === 1 ? first : Buffer.concat(this.#queue);
    this.#discard();
    if (this.readyState === this.OPEN && this.#net?.writable) this.#net.write(bytes);
    if (this.backlog < limits.feed.backlogBytes) this.#freed(); // the system took it at once, and no drain is told of
  }

  /** What was given before it is still sent. */
  override close(code?: number, reason?: string): void {
    this.flush();
    super.close(code, reason);
  }

  /** Closes without another word. */
  cut(code: number, reason: string): void {
    this.#discard();
    super.close(code, reason);
  }

  drained(): Promise<void> | null {
    const net = this.#net;
    if (this.backlog < limits.feed.backlogBytes || !net || net.destroyed) return null;
    this.#draining ??= new Promise((resolve) => {
      this.#freed = () => {
        net.off('drain', this.#freed).off('close', this.#freed);
        this.#freed = () => {};
        this.#draining = null;
        resolve();
      };
      net.on('drain', this.#freed).on('close', this.#freed);
    });
    return this.#draining;
  }

  /** Empties the array instead of taking a new one: one that has become old keeps what it holds from being cleared away, though nobody has it any more. */
  #discard(): void {
    this.#queue.length = 0;
    this.#queued = 0;
  }
}
