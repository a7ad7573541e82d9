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
import { confirmed, fromSnapshot, onlyOpened } from './snapshot.ts';
import type { WritableStore } from './store.ts';
import { createWatching } from './watching.ts';

export interface LiveOptions {
  store: WritableStore;
  line: Line;
  clock: Clock;
  random: () => number;
  repair: Repair;
  /** A snapshot has come: the first, or a fresh one. */
  onSnapshot: (continued: boolean) => void;
  /** The server says that somebody else is signed in than whose state this is. */
  onStranger: () => void;
  /** Whether a screen shows that conversation's timeline. */
  opened: (id: string) => boolean;
  /** The line is up, for the first time or again. */
  onUp: () => void;
  /** This very session was revoked. */
  onRevoked: () => void;
}

/** Snapshot, then one subscription from where it stood; a fresh snapshot whenever that cannot be continued. */
export interface Live {
  /** `continues`: the store holds a state from before, which goes on from its own place in the log. */
  begin(continues?: boolean): void;
  /** False while what is held is known to lag behind its place in the log. */
  readonly whole: boolean;
  take(frame: Frame, cursor: string | null): void;
  /** From now on these rooms are told of too, followed or not. */
  watch(rooms: readonly string[]): void;
  /** Tries now instead of at the next turn. */
  wake(): void;
  close(): void;
}

export function createLive({ store, line, clock, random, repair, opened: shown, ...options }: LiveOptions): Live {
  const { onSnapshot, onUp, onRevoked, onStranger } = options;
  const retry = createRetry(clock, random);
  let feed: Unsubscribable | null = null;
  let round = 0; // what belongs to an earlier one comes too late
  let whole = false;
  let known = false; // the server has said who asks
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

  async function begin(continues = false): Promise<void> {
    const mine = newRound();
    whole = continues;
    repair.close();
    move({ type: 'start' });
    try {
      const asked = line.api.session.snapshot.query({});
      const strange = (snapshot: { me: { id: string } }) => (store.get().me?.id ?? snapshot.me.id) !== snapshot.me.id;
      if (!known && store.get().me)
        line.behind(asked.then((snapshot) => (strange(snapshot) ? Promise.reject(new Error('somebody else')) : null)));
      const snapshot = await asked;
      if (mine !== round) return;
      if (strange(snapshot)) return onStranger();
      line.behind(null);
      known = true;
      store.update((state) => (continues ? confirmed(state, snapshot) : fromSnapshot(onlyOpened(state, shown), snapshot)));
      if (!continues) for (const id of Object.keys(store.get().timelines)) repair.ask(id);
      whole = true;
      onSnapshot(continues);
      if (!opened) line.open();
      opened = true;
      subscribe();
    } catch (error) {
      const refused = refusalOf(error);
      if (mine !== round || endsSession(refused)) return; // the line has told already
      down();
      retry.later(() => void begin(continues), (refused.retryAfter ?? 0) * 1_000);
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
    begin: (continues) => void begin(continues),
    get whole() {
      return whole;
    },
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
