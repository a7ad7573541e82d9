import { isDeepStrictEqual } from 'node:util';
import { type Client, createClient, type State } from '@koreromai/client';
import { type ClientPair, eventually } from '@koreromai/testing';

/** A headless client that somebody keeps open through everything. */
export interface KeptClient {
  /** What it holds in the end, beside what a client holds that has just begun. */
  beside(): Promise<ClientPair>;
  close(): Promise<void>;
}

export async function keepClient(url: string, { email, token }: { email: string; token: string }): Promise<KeptClient> {
  const kept = createClient({ url, token });
  await kept.resume();
  await readAll(kept); // so that there are windows to keep right
  return {
    async beside() {
      const fresh = createClient({ url, token });
      await fresh.resume();
      const same = async () => {
        await Promise.all([kept, fresh].map(readAll));
        return isDeepStrictEqual(held(kept.store.get()), held(fresh.store.get()));
      };
      // A difference that stays is the oracle's to name.
      await eventually(`the client of ${email} to agree`, same, { within: 10_000, every: 50 }).catch(() => {});
      const pair = { client: `the client of ${email}`, state: held(kept.store.get()), fresh: held(fresh.store.get()) };
      await fresh.close();
      return pair;
    },
    close: () => kept.close(),
  };
}

/** Opens every conversation and loads it to its beginning. */
async function readAll(client: Client): Promise<void> {
  for (const id of Object.keys(client.store.get().conversations)) {
    await client.openConversation(id).catch(() => {}); // gone again
    for (let pages = 0; pages < 100 && client.store.get().timelines[id]?.complete === false; pages++) await client.loadOlder(id);
  }
}

/** What a screen could show, without the state of the line. */
function held({ me, userSeq, conversations, timelines, outbox }: State) {
  const messages = Object.entries(timelines).map(([id, { messages, complete, loading, error }]) => {
    return [id, { complete, loading, error, count: messages.length, messages }] as const;
  });
  return { me, userSeq, conversations, messages: Object.fromEntries(messages), outbox };
}
