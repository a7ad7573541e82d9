import { type Accessor, createContext, createSignal, type ParentProps, useContext } from 'solid-js';

export interface Drafts {
  get(conversationId: string): string;
  set(conversationId: string, text: string): void;
  /** Drops all of them, e.g. on signing out. */
  forget(): void;
}

const PLACE = 'koreromai.drafts';

/** Unsent words by conversation. They survive a reload of the tab and end with it; a full or forbidden store costs only that. */
export function createDrafts(storage: Accessor<Storage | undefined>): Drafts {
  const [drafts, setDrafts] = createSignal(read(storage()));
  const keep = (next: Readonly<Record<string, string>>) => {
    setDrafts(next);
    try {
      storage()?.setItem(PLACE, JSON.stringify(next));
    } catch {
      // over quota: the draft lives on in memory
    }
  };
  return {
    get: (id) => drafts()[id] ?? '',
    set(id, text) {
      if ((drafts()[id] ?? '') === text) return;
      const { [id]: _before, ...rest } = drafts();
      keep(text === '' ? rest : { ...rest, [id]: text });
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
