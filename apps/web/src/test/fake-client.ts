import { type Client, emptyState, type OutboxEntry, type Refused, type State } from '@koreromai/client';
import { Refusal } from '@koreromai/contract';

export interface FakeClient extends Client {
  /** What the screen asked for, in order: `send`, `markRead`, … with what it gave. */
  readonly asked: { verb: string; with: unknown[] }[];
  /** Changes the state as the server would. */
  change(part: Partial<State> | ((state: State) => Partial<State>)): void;
  /** Makes the next call of a command do this. */
  answer(verb: keyof Client, reply: (...given: never[]) => unknown): void;
}

/** A client without a server: state that the test changes, and a record of what the screen asked for. */
export function makeFakeClient(initial: Partial<State> = {}): FakeClient {
  let state: State = { ...emptyState, ...initial };
  const listeners = new Set<(state: State) => void>();
  const asked: FakeClient['asked'] = [];
  const answers = new Map<PropertyKey, (...given: never[]) => unknown>();
  const change: FakeClient['change'] = (part) => {
    state = { ...state, ...(typeof part === 'function' ? part(state) : part) };
    for (const listener of listeners) listener(state);
  };
  const base = {
    store: {
      get: () => state,
      subscribe(listener: (state: State) => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    asked,
    change,
    answer: (verb: PropertyKey, reply: (...given: never[]) => unknown) => answers.set(verb, reply),
  };
  const commands = new Set<PropertyKey>(['send', 'retry', 'discard', 'markRead', 'typing', 'wake']);
  const silent = new Set<PropertyKey>(['openConversation', 'loadOlder', 'loadReadBy', 'loadDrafts', 'writeDraft']);
  // Every other command exists too: it is recorded, and refuses unless the test gave an answer.
  return new Proxy(base, {
    get(target, verb, receiver) {
      if (Reflect.has(target, verb)) return Reflect.get(target, verb, receiver);
      return (...given: never[]) => {
        asked.push({ verb: String(verb), with: given });
        const reply = answers.get(verb);
        if (commands.has(verb)) return reply?.(...given) ?? '';
        if (silent.has(verb)) return Promise.resolve().then(() => reply?.(...given));
        return reply === undefined ? Promise.reject(new Refusal('NOT_FOUND')) : Promise.resolve().then(() => reply(...given));
      };
    },
  }) as unknown as FakeClient;
}

export const unsent = (
  entry: Pick<OutboxEntry, 'id' | 'conversationId' | 'text'>,
  status: OutboxEntry['status'],
  error?: Refused,
): OutboxEntry => ({
  ...entry,
  createdAt: '2026-11-21T02:00:00.000Z',
  status,
  ...(error !== undefined && { error }),
});
