import type { KeptEntry, OutboxStorage } from '../keep.ts';
import type { KeptChat, KeptHead, Shelf, ShelfChange, Turn } from '../shelf.ts';

/** One thing at a time for several clients: whoever came first has the turn until it leaves, or until somebody takes it. */
export function line(): () => Turn {
  const waiting: ((mine: boolean) => void)[] = [];
  return () => {
    let told: (mine: boolean) => void = () => {};
    return {
      wait(listener) {
        told = listener;
        waiting.push(told);
        if (waiting[0] === told) told(true);
        return () => {
          const had = waiting[0] === told;
          waiting.splice(waiting.indexOf(told), 1);
          if (had) waiting[0]?.(true);
        };
      },
      take() {
        if (waiting[0] === told || !waiting.includes(told)) return;
        const before = waiting[0];
        waiting.splice(waiting.indexOf(told), 1);
        waiting.unshift(told);
        before?.(false);
        told(true);
      },
    };
  };
}

/** An outbox's storage that outlives clients. `with` it two clients share it. */
export function drawer() {
  const kept = new Map<string, KeptEntry>();
  const watchers = new Set<() => void>();
  const turns = line();
  const base: OutboxStorage = {
    load: async () => structuredClone([...kept.values()]),
    async put(entries, gone) {
      for (const entry of entries) kept.set(entry.entry.id, structuredClone(entry));
      for (const id of gone) kept.delete(id);
    },
    clear: async () => kept.clear(),
  };
  return {
    ...base,
    all: () => [...kept.values()],
    /** For one of several clients. */
    shared(): OutboxStorage {
      let mine = () => {};
      return {
        ...base,
        turn: turns(),
        async put(entries, gone) {
          await base.put(entries, gone);
          for (const changed of watchers) if (changed !== mine) changed();
        },
        watch(changed) {
          mine = changed;
          watchers.add(changed);
          return () => watchers.delete(changed);
        },
      };
    },
  };
}

/** A shelf that outlives clients, and what was put there how often. */
export function board() {
  let head: KeptHead | null = null;
  const chats = new Map<string, KeptChat>();
  const puts: ShelfChange[] = [];
  let room = Number.POSITIVE_INFINITY;
  const shelf: Shelf = {
    load: async () => structuredClone({ head, chats: [...chats.values()] }),
    async put(change) {
      if (change.chats.flatMap((chat) => chat.timeline?.messages ?? []).length > room) throw new Error('full');
      if (!change.whole && !head) return false;
      puts.push(change);
      if (change.whole) chats.clear();
      head = structuredClone(change.head);
      for (const chat of change.chats) chats.set(chat.id, structuredClone(chat));
      for (const id of change.gone) chats.delete(id);
      return true;
    },
    async clear() {
      head = null;
      chats.clear();
    },
  };
  return {
    shelf,
    puts,
    get head() {
      return head;
    },
    chats,
    narrow(messages: number) {
      room = messages;
    },
  };
}
