import { type Frame, limits, type PassingFrame } from '@koreromai/contract';
import type { Unsubscribable } from '@trpc/server/observable';
import { apply } from './apply.ts';
import type { Clock } from './clock.ts';
import type { Line } from './connect.ts';
import { type ConnectionEvent, nextConnection, offlineAfter } from './connection.ts';
import { quiet } from './passing.ts';
import { endsSession, refusalOf } from './refusal.ts';
import type { Repair } from './repair.ts';
import { createRetry } from './retry.ts';
import { fromSnapshot } from './snapshot.ts';
import type { WritableStore } from './store.ts';
import { createWatching } from './watching.ts';

export interface LiveOptions {
  store: WritableStore;
  line: Line;
  clock: Clock;
  random: () => number;
  repair: Repair;
  /** A snapshot has come: the first, or a fresh one. */
  onSnapshot: () => void;
  /** The line is up, for the first time or again. */
  onUp: () => void;
  /** This very session was revoked. */
  onRevoked: () => void;
}

/** Snapshot, then one subscription from where it stood; a fresh snapshot whenever that cannot be continued. */
export interface Live {
  begin(): void;
  take(frame: Frame, cursor: string | null): void;
  /** From now on these rooms are told of too, followed or not. */
  watch(rooms: readonly string[]): void;
  /** Tries now instead of at the next turn. */
  wake(): void;
  close(): void;
}

export function createLive({ store, line, clock, random, repair, onSnapshot, onUp, onRevoked }: LiveOptions): Live {
  const retry = createRetry(clock, random);
  let feed: Unsubscribable | null = null;
  let round = 0; // what belongs to an earlier one comes too late
  let cancelLate = () => {};
  const fading = new Map<string, () => void>();
  const watching = createWatching(line, createRetry(clock, random), (id) => store.get().conversations[id] && repair.ask(id));

  function move(event: ConnectionEvent): void {
    const before = store.get().connection;
    const connection = nextConnection(before, event);
    if (connection === before) return;
    store.update((state) => ({ ...state, connection }));
    if (connection.status === 'reconnecting') cancelLate = clock.after(offlineAfter, () => move({ type: 'late' }));
    if (connection.status === 'live') cancelLate();
  }

  function down(): void {
    watching.down();
    line.prefer('http');
    move({ type: 'down', at: clock.now() });
  }

  async function begin(): Promise<void> {
    const mine = newRound();
    repair.close();
    move({ type: 'start' });
    try {
      const snapshot = await line.api.session.snapshot.query({});
      if (mine !== round) return;
      store.update((state) => fromSnapshot(state, snapshot));
      for (const id of Object.keys(store.get().timelines)) repair.ask(id);
      onSnapshot();
      if (!opened) line.open();
      opened = true;
      subscribe();
    } catch (error) {
      const refused = refusalOf(error);
      if (mine !== round || endsSession(refused)) return; // the line has told already
      down();
      retry.later(() => void begin(), (refused.retryAfter ?? 0) * 1_000);
    }
  }
  let opened = false;

  function subscribe(): void {
    newRound();
    const { cursor } = store.get();
    const lost = (again: () => void) => {
      down();
      retry.later(again);
    };
    // The link keeps `cursor` and adds the last id it saw to every later attempt; the server takes the further of both.
    feed = line.api.events.subscribe.subscribe(
      { cursor, rooms: watching.carried() },
      {
        onData: ({ id, data }) => take(data, id),
        onStarted() {
          retry.reset();
          line.prefer('socket');
          move({ type: 'up' });
          watching.up();
          onUp();
        },
        onConnectionStateChange: ({ state, error }) => state === 'connecting' && error && down(),
        onError: (error) => lost(refusalOf(error).retryable ? subscribe : () => void begin()),
        onComplete: () => lost(subscribe),
      },
    );
  }

  function newRound(): number {
    round += 1;
    feed?.unsubscribe();
    feed = null;
    return round;
  }

  function take(frame: Frame, cursor: string | null): void {
    const held = repair.holds(frame);
    const { state, asks } = held ? { state: store.get(), asks: [] } : apply(store.get(), frame);
    store.update(() => (cursor === null || state.cursor === cursor ? state : { ...state, cursor }));
    if (frame.type === 'typing') fade(frame);
    for (const ask of asks) {
      if (ask.type === 'conversation') repair.ask(ask.id);
      else if (ask.type === 'snapshot') void begin();
      else onRevoked();
    }
  }

  /** Whoever is not heard of again has stopped. */
  function fade({ stream, userId }: PassingFrame & { type: 'typing' }): void {
    const key = `${stream} ${userId}`;
    fading.get(key)?.();
    const end = () => {
      fading.delete(key);
      store.update((state) => quiet(state, stream, userId));
    };
    fading.set(key, clock.after(limits.typing.shownFor, end));
  }

  return {
    begin: () => void begin(),
    take,
    watch: watching.watch,
    wake() {
      const { status } = store.get().connection;
      if (status !== 'reconnecting' && status !== 'offline') return;
      if (retry.waiting) return retry.wake();
      if (!feed) return; // a snapshot is on its way
      newRound();
      line.open();
      subscribe();
    },
    close() {
      newRound();
      retry.reset();
      watching.down();
      cancelLate();
      for (const cancel of fading.values()) cancel();
      line.shut();
    },
  };
}
