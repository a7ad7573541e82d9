import type { Recorder } from '@koreromai/testing';
import { eventually } from '@koreromai/testing';
import { invite, lag, type Person, type Urls } from './person.ts';

/** A chat as it was when it was made. */
export interface Chat {
  readonly id: string;
  readonly owner: Person;
  readonly others: readonly Person[];
}

export interface Scene {
  readonly people: readonly Person[];
  readonly groups: readonly Chat[];
  /** Ids of the chats that the person was put in. */
  chatsOf(person: Person): string[];
  /** Resolves when every device holds everything, or has had time enough. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

const heads = 8;

/** Eight people, each with a device that watches; a group for every four of them in a row, and a direct chat for each pair of neighbours. */
export async function setScene(urls: Urls, recorder: Recorder): Promise<Scene> {
  const people: Person[] = [];
  for (let n = 0; n < heads; n++) people.push(await invite(n, urls, recorder));
  const from = (n: number, count: number) =>
    Array.from({ length: count }, (_, i) => people[(n + i) % heads]).filter((p) => p !== undefined);

  const groups: Chat[] = [];
  const directs: Chat[] = [];
  for (const [n, owner] of people.entries()) {
    const others = from(n + 1, 4 + (n % 3));
    const group = await owner.line.api.conversations.create.mutate({
      kind: 'group',
      people: others.map((p) => p.email),
      name: `Group ${n}`,
    });
    if (group.status === 'created') groups.push({ id: group.conversation.id, owner, others });
    const [neighbour] = others;
    if (!neighbour) continue;
    const direct = await owner.line.api.conversations.create.mutate({ kind: 'direct', person: neighbour.email });
    if (direct.status === 'created') directs.push({ id: direct.conversation.id, owner, others: [neighbour] });
  }
  return {
    people,
    groups,
    chatsOf: (person) => [...groups, ...directs].filter((c) => c.owner === person || c.others.includes(person)).map((c) => c.id),
    async caughtUp() {
      for (const { line, ledger, watcher } of people) {
        let missing: string[] = [];
        const look = async () => {
          await watcher.settled();
          missing = await lag(line.api, ledger);
          return missing.length === 0;
        };
        // What is missing in the end is the oracle's to name.
        await eventually(`${ledger.id} to catch up`, look, { within: 20_000, every: 50 }).catch(() => {});
      }
    },
    async close() {
      await Promise.all(people.map((p) => p.close()));
    },
  };
}
