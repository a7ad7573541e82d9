import type { Clock } from './clock.ts';
import type { Turn } from './shelf.ts';
import type { OutboxEntry, State } from './state.ts';
import type { WritableStore } from './store.ts';

/** Keeps unsent messages through a restart. Several clients of one device may share it. */
export interface OutboxStorage {
  /** All that is kept. Whatever it gives is checked before it is believed. */
  load(): Promise<unknown>;
  /**
   * In one transaction. It has resolved when a crash cannot take it away any more. Called as soon as something changes, also while
   * earlier calls are under way: they count in the order in which they were made.
   */
  put(kept: readonly KeptEntry[], gone: readonly string[]): Promise<void>;
  clear(): Promise<void>;
  /** Where several clients share it: whose turn it is to send. Absent: always this one's. */
  readonly turn?: Turn | undefined;
  /** Calls back after another client has changed it. Returns what ends that. */
  watch?(changed: () => void): () => void;
}

/** Bound to its author, so that nobody who signs in later sends another person's words. */
export interface KeptEntry {
  readonly userId: string;
  readonly entry: OutboxEntry;
}

/** What `userId` had not sent yet, oldest first, and the ids of all else that lies there. */
export async function recall(storage: OutboxStorage, userId: string): Promise<{ entries: OutboxEntry[]; foreign: string[] }> {
  const kept = await storage.load().catch(() => null); // unreadable storage costs what it kept, not the client
  const all = Array.isArray(kept) ? kept.filter(isKept) : [];
  const entries = all.filter((one) => one.userId === userId).map((one) => one.entry);
  return { entries: entries.sort(byAge), foreign: all.filter((one) => one.userId !== userId).map((one) => one.entry.id) };
}

/** The outbox of the store and the one in the storage, kept the same. */
export interface Keeping {
  /** Takes in what was left, or what other clients have changed. */
  again(): Promise<void>;
  /** Resolves when everything in the outbox now would survive a crash, or never will. */
  done(): Promise<void>;
  close(): void;
}

export interface KeepingOptions {
  store: WritableStore;
  clock: Clock;
  storage: OutboxStorage;
  userId: string;
  /** Whether this client is the one that sends. */
  mine: () => boolean;
}

/** What another client has sent stands here until its event is here too, but no longer. */
const grace = 2_000;
/** Storage that says nothing for so long does not hold up a message. */
const patience = 1_000;

export function keepOutbox({ store, clock, storage, userId, mine }: KeepingOptions): Keeping {
  const saved = new Map<string, OutboxEntry>();
  const leaving = new Map<string, () => void>();
  let saving: Promise<unknown> = Promise.resolve();
  let loading: Promise<void> | null = null;
  let first = true;

  /** Hands over what changed, before whoever changed it goes on: a storage that can write at once saves words from a page that ends now. */
  function save(): void {
    const { outbox } = store.get();
    const there = new Set(outbox.map((entry) => entry.id));
    const kept = outbox.filter((entry) => saved.get(entry.id) !== entry && !leaving.has(entry.id));
    const gone = [...saved.keys()].filter((id) => !there.has(id));
    if (kept.length === 0 && gone.length === 0) return;
    for (const entry of kept) saved.set(entry.id, entry);
    for (const id of gone) saved.delete(id);
    const put = storage.put(
      kept.map((entry) => ({ userId, entry })),
      gone,
    );
    saving = Promise.allSettled([saving, put]).then(() => undefined); // full or forbidden: it is still in memory
  }
  /** Resolves when nothing is on its way to the storage. */
  async function settled(): Promise<void> {
    save();
    for (let before: unknown; before !== saving; ) {
      before = saving;
      await before;
    }
  }

  async function load(): Promise<void> {
    await settled(); // what is here is there too, so that what is missing there was taken away by somebody
    const before = new Map(saved);
    const { entries, foreign } = await recall(storage, userId);
    if (foreign.length > 0) await storage.put([], foreign).catch(() => {}); // of who was signed in before
    const theirs = new Map(entries.map((entry) => [entry.id, first ? afterRestart(entry) : entry]));
    first = false;
    const goes = [...before.keys()].filter((id) => !theirs.has(id));
    for (const id of goes) forget(id);
    store.update((state) => {
      const held = heldIds(state);
      const kept = state.outbox.flatMap((entry) => {
        const other = theirs.get(entry.id);
        theirs.delete(entry.id);
        return other && before.get(entry.id) === entry && !same(entry, other) ? adopt(other) : entry;
      });
      const fresh = [...theirs.values()].filter((entry) => !before.has(entry.id));
      for (const entry of fresh) adopt(entry);
      const outbox = [...kept, ...fresh].filter((entry) => !held.has(entry.id));
      return same(outbox, state.outbox) ? state : { ...state, outbox: fresh.length > 0 ? outbox.sort(byAge) : outbox };
    });
    await settled();
  }
  const adopt = (entry: OutboxEntry) => {
    saved.set(entry.id, entry);
    return entry;
  };

  /** Somebody else sent or discarded it. */
  function forget(id: string): void {
    const waits = leaving.get(id);
    const end = () => {
      leaving.delete(id);
      store.update((state) => {
        const outbox = state.outbox.filter((entry) => entry.id !== id);
        return outbox.length === state.outbox.length ? state : { ...state, outbox };
      });
    };
    if (mine()) {
      waits?.();
      end();
    } else if (!waits) leaving.set(id, clock.after(grace, end));
  }

  const again = () => {
    loading = (loading ?? Promise.resolve()).then(load);
    return loading;
  };
  const ends = [store.subscribe(save), storage.watch?.(() => void again())];
  return {
    again,
    done() {
      return new Promise((resolve) => {
        const cancel = clock.after(patience, resolve);
        void settled().then(() => {
          cancel();
          resolve();
        });
      });
    },
    close() {
      for (const end of [...ends, ...leaving.values()]) end?.();
    },
  };
}

/** Behind a restart all of it is queued; what was refused still is. */
const afterRestart = (entry: OutboxEntry): OutboxEntry => (entry.status === 'failed' ? entry : { ...entry, status: 'queued' });

/** What has arrived is not shown a second time, also when the page was closed between its arriving and its being forgotten. */
const heldIds = (state: State): ReadonlySet<string> =>
  new Set([
    ...Object.values(state.timelines).flatMap((timeline) => timeline.messages.map((message) => message.id)),
    ...Object.values(state.conversations).flatMap((held) => held.lastMessage?.id ?? []),
  ]);

const byAge = (a: OutboxEntry, b: OutboxEntry): number =>
  a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? -1 : 1;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isKept = (value: unknown): value is KeptEntry => isRecord(value) && typeof value.userId === 'string' && isEntry(value.entry);

function isEntry(value: unknown): value is OutboxEntry {
  if (!isRecord(value)) return false;
  const words = ['id', 'conversationId', 'text', 'createdAt'].every((key) => typeof value[key] === 'string');
  const { replyToId, replyTo, attachments } = value;
  const answers = replyToId === undefined || (typeof replyToId === 'string' && isRecord(replyTo));
  const files =
    attachments === undefined || (Array.isArray(attachments) && attachments.every((file) => isRecord(file) && typeof file.id === 'string'));
  return words && answers && files && ['sending', 'queued', 'failed'].some((status) => status === value.status);
}
