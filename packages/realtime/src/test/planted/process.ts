import { bytesOf, type Engine, idOf, lookup } from '@koreromai/db';
import type { Dice, Turns } from '@koreromai/testing';
import { createLocalBus } from '../../bus/bus.ts';
import { createLive, type Live, type Project } from '../../feed/live.ts';
import type { Standing } from '../../feed/standing.ts';
import { createLane, type Lane } from '../../lane/lane.ts';
import type { LogEvent } from '../../log/event.ts';
import type { Log } from '../../log/log.ts';
import type { Bug } from './bugs.ts';
import { viewOf } from './domain.ts';
import { memoryEngine } from './engine.ts';
import type { Memory } from './memory.ts';

/** One server process over the database: lane, live and what a feed needs. */
export interface Process {
  readonly lane: Lane;
  /** For feeds: the process's own, or what a bug makes of it. */
  readonly live: Live;
  readonly log: Log;
  readonly project: Project;
  readonly standing: (userId: string) => Promise<Standing>;
  /** Another process rings. */
  ring(pos: number): void;
  look(): void;
  /** kill -9: nothing is finished, nothing is told. */
  kill(): Promise<void>;
  readonly killed: Promise<'killed'>;
}

export interface World {
  readonly memory: Memory;
  readonly turns: Turns;
  readonly dice: Dice;
  readonly bug: Bug;
  /** Rings at the other processes. */
  readonly tell: (from: Process, pos: number) => void;
}

export async function startProcess({ memory, turns, dice, bug, tell }: World): Promise<Process> {
  let alive = true;
  let die = (_: 'killed') => {};
  const killed = new Promise<'killed'>((resolve) => (die = resolve));
  const bus = createLocalBus();
  const plainLog = logOf(memory, turns);
  const log = bug.log?.(plainLog) ?? plainLog;
  const plainProject: Project = async (events) => {
    await turns.turn();
    return events.map((e) => viewOf(e, e.subject ? storedMessage(memory, e.subject) : undefined));
  };
  const project = bug.project?.(plainProject, dice) ?? plainProject;
  const live = await createLive({ bus, log, project, onFault: () => {}, pollEvery: 2 ** 30, headsEvery: 2 ** 30 });

  const publish = (events: readonly LogEvent[]) => {
    const last = events.at(-1);
    if (!alive || !last) return;
    bus.ring({ pos: last.pos, events });
    tell(process, last.pos);
  };
  const plainEngine = memoryEngine({
    memory,
    turns,
    dice,
    alive: () => alive,
    posTaken: bug.posTaken ?? 'last',
    ahead: bug.ahead ?? false,
  });
  const engine: Engine = bug.engine?.(plainEngine, { memory, turns, publish }) ?? plainEngine;
  const lane = createLane({ engine, publish, now: () => 0, pause: () => turns.turn() });

  const process: Process = {
    lane,
    log,
    project,
    live: bug.live?.(live, turns) ?? live,
    async standing(userId) {
      await turns.turn();
      const found = standingOf(memory, userId);
      await turns.turn();
      return found;
    },
    ring: (pos) => void (alive && bus.ring({ pos })),
    look: () => void (alive && live.look()),
    killed,
    async kill() {
      alive = false;
      plainEngine.abandon();
      die('killed');
      await bus.close();
      void live.close();
    },
  };
  return process;
}

/** The log read over a network: every answer is true at one moment between the asking and the hearing. */
function logOf(memory: Memory, turns: Turns): Log {
  const answer = async <Found>(look: () => Found): Promise<Found> => {
    await turns.turn();
    const found = look();
    await turns.turn();
    return found;
  };
  const after = (pos: number, mine: (e: LogEvent) => boolean) =>
    memory.log.filter((e) => e.pos > pos && mine(e)).sort((a, b) => a.pos - b.pos);
  return {
    head: () => answer(() => Math.max(0, ...memory.log.map((e) => e.pos))),
    heads: (streams) =>
      answer(() => [...memory.streams].filter(([id]) => streams.includes(id)).map(([stream, head]) => ({ stream, ...head }))),
    after: (heads, pos, limit) =>
      answer(() => {
        const events = after(pos, (e) => heads.some(({ stream, seq }) => stream === e.stream && e.seq <= seq));
        return events.length > limit ? null : events;
      }),
    everything: (pos, limit) => answer(() => after(pos, () => true).slice(0, limit)),
  };
}

export function standingOf(memory: Memory, userId: string): Standing {
  const stays = memory.read(lookup('span', ['conversation_id'], ['user_id'], [[bytesOf(userId)]]));
  const ids = new Set(stays.filter((s) => s.open === 1).map((s) => idOf(s.conversation_id as Buffer)));
  const ranges = (id: string) =>
    stays
      .filter((s) => idOf(s.conversation_id as Buffer) === id)
      .map((s) => ({ from: Number(s.from_seq), to: s.to_seq === null ? null : Number(s.to_seq) }));
  return new Map([...ids].map((id) => [id, ranges(id)]));
}

function storedMessage(memory: Memory, id: string) {
  const [m] = memory.read(lookup('message', ['id'], ['id'], [[bytesOf(id)]]));
  if (!m) return undefined;
  return { id, conversationId: idOf(m.conversation_id as Buffer), userId: idOf(m.author_id as Buffer), text: String(m.text) };
}
