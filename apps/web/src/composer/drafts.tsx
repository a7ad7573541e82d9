import type { Client, State } from '@koreromai/client';
import { createContext, createSignal, onCleanup, type ParentProps, useContext } from 'solid-js';

export interface Drafts {
  get(conversationId: string): string;
  set(conversationId: string, text: string): void;
  /** Drops what this browser keeps, e.g. on signing out. What the server has stays there. */
  forget(): Promise<void>;
}

/** Where what was not told to the server yet survives a restart. Each rejects where nothing can be kept. */
export interface DraftStorage {
  /** By conversation. */
  load(userId: string): Promise<Readonly<Record<string, string>>>;
  /** Also an empty text: that it is gone is told to the server as well, and a page may end before that. */
  put(userId: string, conversationId: string, text: string): Promise<void>;
  /** The server has it. */
  drop(userId: string, conversationId: string): Promise<void>;
  clear(): Promise<void>;
}

/**
 * Unsent words by conversation (UI10): the server's, which all devices share, and before them what was written here and not told
 * yet. The latter survive a restart; a full or forbidden store costs only that.
 */
export function createDrafts(storage: DraftStorage | null, client: Client): Drafts {
  const [kept, setKept] = createSignal<Readonly<Record<string, string>>>({});
  const [told, setTold] = createSignal(client.store.get().drafts);
  let author: string | null = null;
  const store = (id: string, text: string) => {
    if (author !== null) storage?.put(author, id, text).catch(() => undefined); // it lives on in memory
  };
  /** Once the server has it, the server's is the one that counts. */
  const tell = async (id: string, text: string) => {
    await client.writeDraft(id, text).catch(() => undefined);
    const { [id]: mine, ...rest } = kept();
    if (mine !== text) return;
    setKept(rest);
    if (author !== null) storage?.drop(author, id).catch(() => undefined); // told once more at the next start
  };
  const recall = async (userId: string) => {
    const before = (await storage?.load(userId).catch(() => null)) ?? {};
    if (author !== userId) return;
    setKept({ ...before, ...kept() });
    if (client.store.get().connection.status === 'live') for (const [id, text] of Object.entries(before)) void tell(id, text);
  };

  let loadedFor: string | null = null;
  const follow = ({ me, drafts, sessionId, connection }: State) => {
    setTold(drafts);
    if ((me?.id ?? null) !== author) {
      author = me?.id ?? null;
      setKept({});
      if (author !== null) void recall(author);
    }
    if (sessionId === null) loadedFor = null;
    if (connection.status !== 'live' || sessionId === loadedFor) return;
    loadedFor = sessionId;
    client.loadDrafts().catch(() => {
      loadedFor = null; // tried again with the next change
    });
    for (const [id, text] of Object.entries(kept())) void tell(id, text);
  };
  onCleanup(client.store.subscribe(follow));
  follow(client.store.get());
  return {
    get: (id) => kept()[id] ?? told()[id] ?? '',
    set(id, text) {
      if ((kept()[id] ?? told()[id] ?? '') === text) return;
      setKept({ ...kept(), [id]: text });
      store(id, text);
      void tell(id, text);
    },
    async forget() {
      setKept({});
      await storage?.clear().catch(() => undefined);
    },
  };
}

const DraftsContext = createContext<Drafts>();

export function DraftsProvider(props: ParentProps<{ drafts: Drafts }>) {
  return <DraftsContext.Provider value={props.drafts}>{props.children}</DraftsContext.Provider>;
}

export function useDrafts(): Drafts {
  const drafts = useContext(DraftsContext);
  if (drafts === undefined) throw new Error('This component needs a DraftsProvider above it.');
  return drafts;
}
