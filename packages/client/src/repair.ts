import { type Conversation, type Frame, limits, type Message, type Page } from '@koreromai/contract';
import type { Clock } from './clock.ts';
import { refusalOf } from './refusal.ts';
import { createRetry, type Retry } from './retry.ts';
import { repaired, repairedAway } from './snapshot.ts';
import type { WritableStore } from './store.ts';

export interface RepairOptions {
  store: WritableStore;
  clock: Clock;
  random: () => number;
  conversation: (id: string) => Promise<Conversation>;
  newest: (id: string) => Promise<Page<Message>>;
  /** Takes the frames that came meanwhile, as if they came now. */
  deliver: (frames: readonly Frame[]) => void;
}

/** Fetches what was missed of a conversation, one fetch at a time for each, until it has succeeded. */
export interface Repair {
  ask(id: string): void;
  /** True: this frame belongs to a stream under repair and will be delivered when that is done. */
  holds(frame: Frame): boolean;
  /** Conversations under repair now. */
  pending(): string[];
  /** The line is back: try at once whatever waits for another try. */
  wake(): void;
  close(): void;
}

export function createRepair({ store, clock, random, conversation, newest, deliver }: RepairOptions): Repair {
  const running = new Map<string, { frames: Frame[]; overflowed: boolean; retry: Retry }>();

  async function run(id: string): Promise<void> {
    const job = running.get(id);
    if (!job) return;
    try {
      job.overflowed = false;
      // In this order: whatever the page lacks of the conversation's seq comes as a frame, and none of it is dropped.
      const fresh = await conversation(id);
      const page = store.get().timelines[id] ? await newest(id) : null;
      if (running.get(id) !== job) return; // everything was started afresh meanwhile
      store.update((state) => repaired(state, fresh, page));
    } catch (error) {
      if (running.get(id) !== job) return;
      const { code, retryable, retryAfter } = refusalOf(error);
      if (code !== 'NOT_FOUND' && code !== 'CONVERSATION_CLOSED' && code !== 'ROOM_ACCESS_DENIED')
        return job.retry.later(() => void run(id), retryable ? (retryAfter ?? 0) * 1_000 : 10_000);
      store.update((state) => repairedAway(state, id));
      job.frames = [];
    }
    running.delete(id);
    if (job.overflowed) ask(id);
    else deliver(job.frames);
  }

  function ask(id: string): void {
    if (running.has(id)) return;
    running.set(id, { frames: [], overflowed: false, retry: createRetry(clock, random) });
    void run(id);
  }

  return {
    ask,
    holds(frame) {
      const job = 'stream' in frame && frame.type !== 'typing' && frame.type !== 'read' ? running.get(frame.stream) : undefined;
      if (!job) return false;
      if (job.frames.length < limits.feed.replayRows) job.frames.push(frame);
      else Object.assign(job, { frames: [], overflowed: true });
      return true;
    },
    pending: () => [...running.keys()],
    wake() {
      for (const job of running.values()) job.retry.wake();
    },
    close() {
      for (const job of running.values()) job.retry.reset();
      running.clear();
    },
  };
}
