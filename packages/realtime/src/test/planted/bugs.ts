import { idOf } from '@koreromai/db';
import type { Dice, Turns } from '@koreromai/testing';
import type { Audience, Live, Project } from '../../feed/live.ts';
import type { LogEvent } from '../../log/event.ts';
import type { Log } from '../../log/log.ts';
import { viewOf } from './domain.ts';
import type { MemoryEngine } from './engine.ts';
import type { Memory } from './memory.ts';

/** A mistake somebody could make, put into the real lane and feed through their seams. */
export interface Bug {
  readonly name: string;
  readonly posTaken?: 'first';
  /** Posts do not wait for locks; `heedless`: nor does the database look where heads stand. */
  readonly ahead?: true | 'heedless';
  engine?(engine: MemoryEngine, world: { memory: Memory; turns: Turns; publish: (events: readonly LogEvent[]) => void }): MemoryEngine;
  log?(log: Log): Log;
  project?(project: Project, dice: Dice): Project;
  live?(live: Live, turns: Turns): Live;
  /** Bells between processes and the look at the log's head both fail. */
  readonly deaf?: boolean;
}

export const healthy: readonly Bug[] = [{ name: 'healthy code' }, { name: 'healthy code that does not wait for locks', ahead: true }];

export const bugs: readonly Bug[] = [
  { name: 'resume by an auto-increment id, given out before COMMIT', posTaken: 'first' },
  { name: 'attach after the log was read', live: attachLate },
  {
    name: 'publish before COMMIT',
    engine: (engine, { memory, publish }) => ({
      ...engine,
      async commit(writes, events, heads) {
        publish(foretold(memory, writes, events));
        return engine.commit(writes, events, heads);
      },
    }),
  },
  {
    name: 'membership read before the lock',
    engine: (engine, { memory, turns }) => ({
      ...engine,
      async begin(locks, lookups) {
        const stale = lookups.map((one) => memory.read(one));
        await turns.turns(12);
        const { heads, found } = await engine.begin(locks, lookups);
        return { heads, found: found.map((rows, i) => (lookups[i]?.table === 'span' ? (stale[i] ?? rows) : rows)) };
      },
    }),
  },
  {
    name: 'an error of COMMIT is swallowed',
    engine: (engine, { memory }) => ({
      ...engine,
      async commit(writes, events, heads) {
        try {
          return await engine.commit(writes, events, heads);
        } catch {
          await engine.rollback();
          return memory.taken;
        }
      },
    }),
  },
  {
    name: 'a repeat is not looked up, and no key forbids it',
    engine: (engine, { memory }) => ({
      ...engine,
      async begin(locks, lookups) {
        const { heads, found } = await engine.begin(locks, lookups);
        return { heads, found: found.map((rows, i) => (lookups[i]?.table === 'message' ? [] : rows)) };
      },
      async commit(writes, events, heads) {
        memory.unique = false;
        return engine.commit(writes, events, heads);
      },
    }),
  },
  {
    name: 'seq is given without the lock',
    engine: (engine, { memory }) => ({
      ...engine,
      async begin(locks, lookups) {
        const { found } = await engine.begin([], lookups);
        return { heads: memory.heads(locks), found };
      },
    }),
  },
  {
    name: 'acknowledged before COMMIT',
    engine: (engine, { memory }) => ({
      ...engine,
      async commit(writes, events, heads) {
        void engine.commit(writes, events, heads).catch(() => engine.rollback());
        return events.length === 0 ? null : memory.taken + events.length;
      },
    }),
  },
  {
    name: 'a counter is not written with what it counts',
    engine: (engine) => ({
      ...engine,
      commit: (writes, events, heads) =>
        engine.commit(
          writes.filter((w) => w.table !== 'counter'),
          events,
          heads,
        ),
    }),
  },
  {
    name: 'who is removed keeps their stay',
    engine: (engine) => ({
      ...engine,
      commit: (writes, events, heads) =>
        engine.commit(
          writes.filter((w) => w.do !== 'update' || w.table !== 'span'),
          events,
          heads,
        ),
    }),
  },
  {
    name: 'a counter of followers is not lowered when somebody leaves',
    engine: (engine) => ({
      ...engine,
      commit: (writes, events, heads) =>
        engine.commit(
          writes.map((w) => (w.do === 'insert' && w.table === 'room_count' ? { ...w, rows: w.rows.filter((r) => !r.includes(-1)) } : w)),
          events,
          heads,
        ),
    }),
  },
  { name: 'a post that does not wait for locks is taken wherever the heads are', ahead: 'heedless' },
  {
    name: 'a post that does not wait for locks is acknowledged before COMMIT',
    ahead: true,
    engine: (engine, { memory }) => ({
      ...engine,
      ...(engine.ahead && {
        ahead: {
          ...engine.ahead,
          async commit(writes, events, moves) {
            void engine.ahead?.commit(writes, events, moves).catch(() => {});
            return memory.taken + events.length;
          },
        },
      }),
    }),
  },
  { name: 'somebody who is removed stays attached', live: (live) => ({ ...live, detach: () => {} }) },
  { name: 'bells are lost and nobody looks', deaf: true },
  {
    name: 'replay reads a lagging replica',
    log: (log) => ({
      ...log,
      async after(heads, pos, limit) {
        const replicated = (await log.head()) - 4;
        return (await log.after(heads, pos, limit))?.filter((e) => e.pos <= replicated) ?? null;
      },
    }),
  },
  {
    name: 'replay begins one too late',
    log: (log) => ({ ...log, after: (heads, pos, limit) => log.after(heads, pos + 1, limit) }),
  },
  {
    name: 'what cannot be loaded is told as nothing to see',
    project: (project, dice) => async (events) => (await project(events)).map((view) => (dice.chance(0.05) ? null : view)),
  },
  {
    name: 'a long replay is cut instead of reset',
    log: (log) => ({ ...log, after: async (heads, pos, limit) => (await log.after(heads, pos, limit))?.slice(0, 3) ?? null }),
  },
  {
    name: 'replay in no order',
    log: (log) => ({ ...log, after: async (heads, pos, limit) => (await log.after(heads, pos, limit))?.reverse() ?? null }),
  },
];

/** Attaching takes effect only after about as long as the readings of the log take. */
function attachLate(live: Live, turns: Turns): Live {
  const wanted = new Map<string, Set<Audience>>();
  return {
    ...live,
    attach(stream, audience) {
      const audiences = wanted.get(stream) ?? new Set();
      if (audiences.has(audience)) return;
      wanted.set(stream, audiences.add(audience));
      void turns.turns(8).then(() => audiences.has(audience) && live.attach(stream, audience));
    },
    detach(stream, audience) {
      wanted.get(stream)?.delete(audience);
      live.detach(stream, audience);
    },
  };
}

/** The events as they will be if COMMIT says yes. */
function foretold(
  memory: Memory,
  writes: Parameters<MemoryEngine['commit']>[0],
  events: Parameters<MemoryEngine['commit']>[1],
): LogEvent[] {
  const texts = new Map<string, { conversationId: string; userId: string; text: string }>();
  for (const write of writes) {
    if (write.do !== 'insert' || write.table !== 'message') continue;
    for (const row of write.rows) {
      const [id, conversationId, , userId, text] = row;
      texts.set(idOf(id as Buffer), { conversationId: idOf(conversationId as Buffer), userId: idOf(userId as Buffer), text: String(text) });
    }
  }
  return events.map((e, i) => {
    const subject = e.subject_id && idOf(e.subject_id);
    const ids = { actor: e.actor_id && idOf(e.actor_id), subject };
    const event = {
      pos: memory.taken + 1 + i,
      stream: idOf(e.stream_id),
      seq: e.seq,
      type: e.type as LogEvent['type'],
      ...ids,
      number: e.number,
      at: e.at,
    };
    const text = subject ? texts.get(subject) : undefined;
    const view = viewOf(event, text && subject ? { id: subject, ...text } : undefined);
    return view ? { ...event, view } : event;
  });
}
