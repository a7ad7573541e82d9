import type { Client, State } from '@koreromai/client';
import type { Conversation, Self } from '@koreromai/contract';
import { type Accessor, createContext, createMemo, createSignal, onCleanup, type ParentProps, useContext } from 'solid-js';

interface Session {
  client: Client;
  state: Accessor<State>;
  me: Accessor<Self | null>;
}

const SessionContext = createContext<Session>();

/** Makes the client's one state readable by Solid. Nothing is copied: the signal holds the very object of the store. */
export function SessionProvider(props: ParentProps<{ client: Client }>) {
  const client = props.client;
  const [state, setState] = createSignal(client.store.get(), { equals: (a, b) => a === b });
  onCleanup(client.store.subscribe((next) => setState(() => next)));
  const me = createMemo(() => state().me);
  return <SessionContext.Provider value={{ client, state, me }}>{props.children}</SessionContext.Provider>;
}

function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('This component needs a SessionProvider above it.');
  return session;
}

export const useClient = (): Client => useSession().client;

/** One part of the state. It runs after every change, and what depends on it only when that part is another object. */
export function useState<Part>(part: (state: State) => Part): Accessor<Part> {
  const { state } = useSession();
  return createMemo(() => part(state()));
}

export const useConversation = (id: () => string): Accessor<Conversation | undefined> => useState((state) => state.conversations[id()]);

/** The person signed in. Only below `RequireSession`, which shows nothing before there is one. */
export function useMe(): Accessor<Self> {
  const { me } = useSession(); // one look at the state for all: every message on the screen asks
  return createMemo<Self>((before) => {
    const now = me() ?? before;
    if (now === undefined) throw new Error('Nobody is signed in here: this component belongs below RequireSession.');
    return now;
  });
}
