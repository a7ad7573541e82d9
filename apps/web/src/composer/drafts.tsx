import type { Client } from '@koreromai/client';
import { type Accessor, createContext, createSignal, onCleanup, type ParentProps, useContext } from 'solid-js';

export interface Drafts {
  get(conversationId: string): string;
  set(conversationId: string, text: string): void;
  /** Drops what this browser keeps, e.g. on signing out. What the server has stays there. */
  forget(): void;
}

const PLACE = 'koreromai.drafts';

/**
 * Unsent words by conversation (UI10): the server's, which all devices share, and before them what this tab has written and not told
 * yet. The latter survive a reload of the tab and end with it; a full or forbidden store costs only that.
 */
export function createDrafts(storage: Accessor<Storage | undefined>, client: Client): Drafts {
  const [kept, setKept] = createSignal(read(storage()));
  const [told, setTold] = createSignal(client.store.get().drafts);
  const keep = (next: Readonly<Record<string, string>>) => {
    setKept(next);
    try {
      storage()?.setItem(PLACE, JSON.stringify(next));
    } catch {
      // over quota: the draft lives on in memory
    }
  };
  /** Once the server has it, the server's is the one that counts. */
  const tell = async (id: string, text: string) => {
    await client.writeDraft(id, text).catch(() => undefined);
    const { [id]: mine, ...rest } = kept();
    if (mine === text) keep(rest);
  };

  let loadedFor: string | null = null;
  onCleanup(
    client.store.subscribe(({ drafts, sessionId, connection }) => {
      setTold(drafts);
      if (sessionId === null) loadedFor = null;
      if (connection.status !== 'live' || sessionId === loadedFor) return;
      loadedFor = sessionId;
      client.loadDrafts().catch(() => {
        loadedFor = null; // tried again with the next change
      });
      for (const [id, text] of Object.entries(kept())) void tell(id, text);
    }),
  );
  return {
    get: (id) => kept()[id] ?? told()[id] ?? '',
    set(id, text) {
      if ((kept()[id] ?? told()[id] ?? '') === text) return;
      keep({ ...kept(), [id]: text });
      void tell(id, text);
    },
    forget: () => keep({}),
  };
}

/** What was stored may be anything; only words under names are believed. */
function read(storage: Storage | undefined): Readonly<Record<string, string>> {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(PLACE) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
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
