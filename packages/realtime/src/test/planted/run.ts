import { Refusal } from '@koreromai/contract';
import { bytesOf, idOf } from '@koreromai/db';
import { bodyHash, check, createDice, type History, type Ledger, Recorder, Turns, type Verdict } from '@koreromai/testing';
import { createFeed } from '../../feed/feed.ts';
import type { Bug } from './bugs.ts';
import { heldPost, type Post, post, turnAbout } from './domain.ts';
import { Memory } from './memory.ts';
import { type Process, standingOf, startProcess } from './process.ts';

const uuid = (kind: number, n: number) => `00000000-0000-4000-800${kind}-${n.toString(16).padStart(12, '0')}`;
const people = [1, 2, 3, 4].map((n) => uuid(1, n));
const conversations = [1, 2].map((n) => uuid(2, n));
const postsEach = 28;
const movers = 3;
const movesEach = 34;
const kills = 5;

/** Two processes, four people, two conversations: posts, comings and goings, kills and cut lines, in the order that the seed says. */
export async function runPlanted(bug: Bug, seed: number): Promise<Verdict & { turns: number; history: History }> {
  const dice = createDice(seed);
  const turns = new Turns(dice);
  const memory = new Memory();
  const recorder = new Recorder();
  const processes: Process[] = [];
  const ends = new AbortController();
  const underWay = new Set<Post>();
  let busy = 0;
  found(memory);

  const world = {
    memory,
    turns,
    dice,
    bug,
    tell(from: Process, pos: number) {
      for (const other of processes)
        if (other !== from && !bug.deaf && !dice.chance(0.2)) void turns.turns(1 + dice.below(3)).then(() => other.ring(pos));
    },
  };

  /** Work whose end the healing waits for. */
  const during = (work: Promise<void>) => {
    busy++;
    return work.finally(() => busy--);
  };

  async function posting(userId: string, who: number, from: number, to: number): Promise<void> {
    for (let n = from; n < to; n++) {
      const id = uuid(3, who * 1_000 + n);
      const input = { id, conversationId: dice.pick(conversations), userId, text: `text of ${id}` };
      for (let settled = false; !settled; ) {
        await turns.turn();
        const process = dice.pick(processes);
        const attempt = recorder.attempt({
          process: `poster ${who}`,
          user: userId,
          conversationId: input.conversationId,
          messageId: id,
          text: input.text,
        });
        underWay.add(input);
        const answer = process.lane.change(bug.ahead ? heldPost : post, input).catch((error: unknown) => error);
        const lost = dice.chance(0.1) ? turns.turns(1 + dice.below(4)) : new Promise<never>(() => {});
        const result = await Promise.race([answer, process.killed, lost]);
        underWay.delete(input);
        if (result === 'killed' || result === undefined) attempt.info();
        else if (!(result instanceof Error)) attempt.ok((result as { seq: number }).seq);
        else attempt.fail();
        settled = result !== 'killed' && result !== undefined && !(result instanceof Refusal && result.code !== 'NOT_FOUND');
      }
    }
  }

  async function moving(): Promise<void> {
    for (let n = 0; n < movesEach; n++) {
      await turns.turns(2 + dice.below(8));
      const process = dice.pick(processes);
      const writing = [...underWay].filter((p) => p.userId !== people[0] && standingOf(memory, p.userId).has(p.conversationId));
      const victim = { conversationId: dice.pick(conversations), userId: dice.pick(people.slice(1)) };
      // Mostly somebody whose post is under way: that is when it matters.
      const { conversationId, userId } = writing.length > 0 && dice.chance(0.6) ? dice.pick(writing) : victim;
      const move = { conversationId, userId };
      await Promise.race([process.lane.change(turnAbout, move).catch(() => {}), process.killed]);
    }
  }

  async function killing(): Promise<void> {
    for (let n = 0; n < kills; n++) {
      await turns.turns(8 + dice.below(20));
      const at = dice.below(processes.length);
      await processes[at]?.kill();
      processes[at] = await startProcess(world);
    }
  }

  async function looking(): Promise<void> {
    while (busy > 0) {
      await turns.turns(5);
      if (!bug.deaf) for (const process of processes) process.look();
    }
  }

  /** `at`: each person has a device at either process. */
  async function watching(ledger: Ledger, at: number): Promise<void> {
    let cursor: number | null = 0;
    while (!ends.signal.aborted) {
      const process = processes[at % processes.length];
      if (!process) return;
      const line = new AbortController();
      const hangUp = () => line.abort();
      ends.signal.addEventListener('abort', hangUp, { once: true });
      void process.killed.then(hangUp);
      ledger.connected();
      const { live, log, project, standing } = process;
      const feed = createFeed({ live, log, project, standing, userId: ledger.user, from: cursor }, line.signal);
      for await (const { pos, frame } of feed) {
        await turns.turn();
        if (line.signal.aborted) break; // the frame was under way when the line was cut
        cursor = pos;
        take(ledger, frame);
        if (busy > 0 && dice.chance(0.08)) hangUp();
      }
      ends.signal.removeEventListener('abort', hangUp);
    }
  }

  function take(ledger: Ledger, frame: Frame): void {
    if (frame.type === 'skip') ledger.skip(frame.stream, frame.fromSeq, frame.toSeq);
    if (frame.type === 'reset') for (const id of standingOf(memory, ledger.user).keys()) fetch(ledger, id, 'reset');
    if (!('seq' in frame)) return;
    const message = frame.type === 'message.created' ? frame.message : null;
    const hash = message?.text == null ? null : bodyHash(message.text);
    ledger.event({ stream: frame.stream, seq: frame.seq, type: frame.type, messageId: message?.id ?? null, bodyHash: hash });
    if (frame.type === 'you.removed') ledger.left(frame.conversationId);
    if (frame.type === 'you.added') fetch(ledger, frame.conversation.id, 'entered');
  }

  /** Reads a conversation as it is now, if the user may. */
  function fetch(ledger: Ledger, conversationId: string, reason: 'entered' | 'reset'): void {
    const ranges = standingOf(memory, ledger.user).get(conversationId);
    if (!ranges) return;
    const visible = memory.rows('message').filter((m) => {
      const seq = Number(m.seq);
      return idOf(m.conversation_id as Buffer) === conversationId && ranges.some((r) => r.from <= seq && (r.to === null || seq <= r.to));
    });
    ledger.fetched(
      conversationId,
      memory.streams.get(conversationId)?.seq ?? 0,
      reason,
      visible.map((m) => idOf(m.id as Buffer)),
    );
  }

  processes.push(...(await quick(turns, Promise.all([startProcess(world), startProcess(world)]))));
  const held = Object.fromEntries(conversations.map((id) => [id, 0]));
  const devices = people.flatMap((user, i) => [1, 2].map((n) => ({ user, name: `device ${n} of person ${i + 1}` })));
  const ledgers = devices.map(({ user, name }) => recorder.observer(name, user, held));
  const watchers = ledgers.map((ledger, i) => watching(ledger, i));
  for (const [i, user] of people.entries()) void during(posting(user, i, 0, postsEach));
  for (let n = 0; n < movers; n++) void during(moving());
  void during(killing());
  void looking();
  await turns.run();
  const [first = ''] = people;
  void during(posting(first, 0, postsEach, postsEach + 1)); // the last word, which no later event can bring up
  await turns.run();
  // Everything has been asked for: look once more, so that what is missing now is missing for good.
  if (!bug.deaf) for (const process of processes) process.look();
  await turns.run();
  ends.abort();
  await turns.run();
  await Promise.all(watchers);
  for (const process of processes) await process.kill();
  const history = recorder.history(memory.dump());
  return { ...check(history), history, turns: await turns.run() };
}

type Frame =
  Awaited<ReturnType<ReturnType<typeof createFeed>['next']>> extends infer R
    ? R extends { value: infer V }
      ? V extends { frame: infer F }
        ? F
        : never
      : never
    : never;

/** Lets `work` have all the turns it asks for. */
async function quick<Done>(turns: Turns, work: Promise<Done>): Promise<Done> {
  await turns.run();
  return work;
}

/** Everybody is in both conversations from the first seq on. */
function found(memory: Memory): void {
  const at = { type: 'conversation.created', actor_id: null, subject_id: null, number: null, at: 0, seq: 1 };
  for (const id of conversations.map(bytesOf)) {
    const columns = ['conversation_id', 'user_id', 'from_seq', 'to_seq', 'open'];
    const rows = people.map((user) => [id, bytesOf(user), 1, null, 1]);
    memory.commit(
      [
        { do: 'insert', table: 'span', columns, rows, onDuplicate: 'fail' },
        { do: 'insert', table: 'room_count', columns: ['conversation_id', 'followers'], rows: [[id, people.length]], onDuplicate: 'fail' },
      ],
      [{ ...at, stream_id: id }],
      [{ id, seq: 1 }],
      memory.take(1),
    );
  }
}
