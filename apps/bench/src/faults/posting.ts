import { setTimeout as pause } from 'node:timers/promises';
import type { Dice, Recorder } from '@koreromai/testing';
import { isPassing, refusalIn } from './answer.ts';
import type { Person } from './person.ts';

/** Counts acknowledgements, and tells who waits for one of them. */
export interface Acks {
  readonly count: number;
  add(): void;
  /** Resolves when there are so many. */
  reach(count: number): Promise<void>;
}

export function createAcks(): Acks {
  let count = 0;
  const waiting = new Map<() => void, number>();
  return {
    get count() {
      return count;
    },
    add() {
      count++;
      for (const [tell, at] of waiting) {
        if (count < at) continue;
        waiting.delete(tell);
        tell();
      }
    },
    reach: (at) => (count >= at ? Promise.resolve() : new Promise((tell) => waiting.set(tell, at))),
  };
}

interface PostingOptions {
  readonly person: Person;
  readonly conversations: readonly string[];
  readonly recorder: Recorder;
  readonly acks: Acks;
  readonly dice: Dice;
  readonly more: () => boolean;
  /** What is done after an acknowledgement, before the next post. */
  readonly acked?: (messageId: string) => Promise<void> | void;
}

/** Posts one message after another, each until it is acknowledged or refused for good. */
export async function keepPosting({ person, conversations, recorder, acks, dice, more, acked }: PostingOptions): Promise<void> {
  const { id: user, email: process, line } = person;
  for (let n = 1; more(); n++) {
    const id = crypto.randomUUID();
    const conversationId = dice.pick(conversations);
    const text = `${process} says ${n}`;
    for (let settled = false; !settled; ) {
      const attempt = recorder.attempt({ process, user, conversationId, messageId: id, text });
      try {
        const { message } = await line.api.messages.post.mutate({ conversationId, id, text });
        attempt.ok(message.seq);
        acks.add();
        settled = true;
        await acked?.(id);
      } catch (error) {
        const code = refusalIn(error);
        if (code === null) attempt.info();
        else attempt.fail();
        settled = !isPassing(code);
        if (!settled) await pause(20 + dice.below(60)); // the server may be gone
      }
    }
    await pause(dice.below(24)); // a pace, so that the run is about faults and not about speed
  }
}
