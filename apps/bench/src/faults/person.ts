import type { Api } from '@koreromai/client';
import type { Ledger, Recorder } from '@koreromai/testing';
import { insist } from './answer.ts';
import { type Line, openLine, openStranger } from './line.ts';
import { type Watcher, watch } from './watcher.ts';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly token: string;
  /** Posts and everything else. */
  readonly line: Line;
  readonly watcher: Watcher;
  readonly ledger: Ledger;
  close(): Promise<void>;
}

export interface Urls {
  /** Where calls go: perhaps through bad weather. */
  readonly calls: string | (() => string);
  /** Where the subscription goes. */
  readonly feed: string | (() => string);
  /** A message came to somebody's device. */
  readonly seen?: (messageId: string) => void;
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Signs somebody up and begins to watch as them. */
export async function invite(n: number, urls: Urls, recorder: Recorder): Promise<Person> {
  const email = `person${n}@example.org`;
  const { user, token } = await openStranger(typeof urls.feed === 'string' ? urls.feed : urls.feed()).auth.signUp.mutate({
    email,
    password: `password of ${n}`,
    name: `Person ${n}`,
  });
  const quiet = { onOpen: () => {}, onBytes: () => {} };
  const line = openLine({ url: urls.calls, token, calls: n % 2 === 0 ? 'socket' : 'http', ...quiet });

  const wireIds = new Set<string>();
  const feed = openLine({
    url: urls.feed,
    token,
    calls: 'http',
    onOpen: () => ledger.connected(),
    onBytes: (text) => {
      for (const [id] of text.matchAll(uuid)) wireIds.add(id);
    },
  });
  const snapshot = await insist(() => feed.api.session.snapshot.query({}));
  const ledger = recorder.observer(`the device of ${email}`, user.id, { [user.id]: snapshot.userSeq }, wireIds);
  const watcher = watch(feed.api, ledger, snapshot.pos, urls.seen);
  return {
    ...{ id: user.id, email, token, line, watcher, ledger },
    async close() {
      watcher.stop();
      await Promise.all([line.close(), feed.close()]);
    },
  };
}

/** Streams of which the person does not yet hold everything, with what is missing. Empty: caught up. */
export async function lag(api: Api, ledger: Ledger): Promise<string[]> {
  const { conversations, userSeq } = await insist(() => api.session.snapshot.query({}));
  const heads: [string, number][] = [[ledger.user, userSeq], ...conversations.map((c): [string, number] => [c.id, c.seq])];
  return heads.filter(([id, seq]) => (ledger.held(id) ?? -1) < seq).map(([id, seq]) => `${id} at ${ledger.held(id)} of ${seq}`);
}
