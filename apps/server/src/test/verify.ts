import { standingFor, veilsFor } from '@koreromai/api';
import { emptyState, type State } from '@koreromai/client';
import { apply } from '@koreromai/client/apply';
import { fromSnapshot, repaired, repairedAway } from '@koreromai/client/snapshot';
import { createFeed, type Placed } from '@koreromai/realtime';
import { eventually } from '@koreromai/testing';
import { expect } from 'vitest';
import { call } from './http.ts';
import type { Out, Person, TestServer } from './server.ts';

/** What a screen shows: all of the state but where the connection stands. */
const shown = ({ me, userSeq, conversations }: State) => ({ me, userSeq, conversations });

async function snapshotOf(server: TestServer, who: Person) {
  const snapshot = await server.ok<Out['session']['snapshot']>('session.snapshot', undefined, who);
  return { state: fromSnapshot(emptyState, snapshot), pos: snapshot.pos };
}

/** A subscriber inside the process; frames are kept as they come. */
function watch(server: TestServer, who: Person, from: number) {
  const { live, log, project } = server.services;
  const frames: Placed[] = [];
  const ending = new AbortController();
  const feed = createFeed(
    { live, log, project, standing: standingFor(server.services), veils: veilsFor(server.services), userId: who.id, from },
    ending.signal,
  );
  const done = (async () => {
    for await (const placed of feed) frames.push(placed);
  })();
  const reached = (pos: number) => eventually(`pos ${pos}`, () => (frames.at(-1)?.pos ?? 0) >= pos);
  const stop = async () => {
    ending.abort();
    await done;
  };
  return { frames, reached, stop };
}

/**
 * Snapshot + events = fresh snapshot, for every observer, by the live road and by replay. `told` are those who must have
 * received at least one frame: a change that tells nobody would pass by doing nothing.
 */
export async function verifyChange(
  server: TestServer,
  observers: readonly Person[],
  told: readonly Person[],
  change: () => Promise<unknown>,
): Promise<void> {
  const before = await Promise.all(
    observers.map(async (who) => {
      const { state, pos } = await snapshotOf(server, who);
      const from = server.services.seal.openPos(pos) ?? 0;
      const watching = watch(server, who, from);
      await eventually('the checkpoint', () => watching.frames.some(({ frame }) => frame.type === 'checkpoint'));
      return { who, state, from, watching };
    }),
  );
  await change();
  for (const { who, state, from, watching } of before) {
    const after = await snapshotOf(server, who);
    const head = Math.max(from, ...(await relevantHead(server, who)));
    await watching.reached(head);
    await watching.stop();
    const replay = watch(server, who, from);
    await eventually('the checkpoint', () => replay.frames.some(({ frame }) => frame.type === 'checkpoint'));
    await replay.stop();
    for (const [road, frames] of Object.entries({ live: watching.frames, replay: replay.frames })) {
      const events = frames.filter(({ frame }) => frame.type !== 'checkpoint' && frame.type !== 'heads');
      if (told.includes(who)) expect(events.length, `${who.name} was told by ${road}`).toBeGreaterThan(0);
      let now = state;
      const asked = new Set<string>();
      for (const { frame } of events) {
        const { state: next, asks } = apply(now, frame);
        now = next;
        for (const ask of asks) if (ask.type === 'conversation') asked.add(ask.id);
      }
      // What events alone cannot tell, the client fetches.
      for (const conversationId of asked) {
        const { status, data } = await call(server.url, 'conversations.get', { conversationId }, { token: who.token });
        now = status === 200 ? repaired(now, data as Out['conversations']['get'], null) : repairedAway(now, conversationId);
      }
      expect(shown(now), `${who.name} by ${road}`).toEqual(shown(after.state));
    }
  }
}

/** The newest pos of what this person may hear of now. */
async function relevantHead(server: TestServer, who: Person): Promise<number[]> {
  const standing = await standingFor(server.services)(who.id);
  const heads = await server.services.log.heads([who.id, ...standing.keys()]);
  return heads.map((h) => h.pos);
}
