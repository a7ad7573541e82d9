import type { PassingFrame } from '@koreromai/contract';
import type { LogEvent } from '../log/event.ts';

/**
 * A doorbell between processes, not a carrier of truth: it says how far the log has come.
 * `events` are attached only within a process; whoever rings without them makes the listener read the log.
 * A bell may be lost, doubled or late, and nothing is lost with it.
 */
export interface Bell {
  readonly pos: number;
  readonly events?: readonly LogEvent[];
}

/**
 * Something for those who listen now, which no log keeps: it may be lost, and it is never told again.
 * Plain data, so that any bus can carry it whole.
 */
export interface Whisper {
  readonly frame: PassingFrame;
  /** Whoever follows one of these streams hears it, once: a conversation's, or people's own. */
  readonly streams: readonly string[];
  /** Ids of the people who do not hear it all the same. */
  readonly except: readonly string[];
}

/** Who is here in one process, as it tells the others: of each change, and of everybody again and again, for what was lost. */
export interface Roll {
  /** The process that tells. */
  readonly node: string;
  /** Ids of people who have a connection there. */
  readonly here: readonly string[];
  /** Ids of people who have none there any more. */
  readonly gone: readonly string[];
  /** The process knows of nobody yet: tell it everybody. */
  readonly asks: boolean;
}

export interface Bus {
  ring(bell: Bell): void;
  /** Gives the function that ends the listening. A listener that throws does not keep the bell from the others. */
  listen(listener: (bell: Bell) => void): () => void;
  /** `here`: to the listeners of this process alone. */
  whisper(whisper: Whisper, reach?: 'everywhere' | 'here'): void;
  /** As `listen`, for whispers. */
  overhear(listener: (whisper: Whisper) => void): () => void;
  call(roll: Roll): void;
  /** As `listen`, for rolls. */
  answer(listener: (roll: Roll) => void): () => void;
  close(): Promise<void>;
}

/** The bus of a single process. */
export function createLocalBus(onFault: (error: unknown) => void = () => {}): Bus {
  const bells = createEars<Bell>(onFault);
  const whispers = createEars<Whisper>(onFault);
  const rolls = createEars<Roll>(onFault);
  return {
    ring: bells.tell,
    listen: bells.add,
    whisper: whispers.tell,
    overhear: whispers.add,
    call: rolls.tell,
    answer: rolls.add,
    async close() {
      for (const ears of [bells, whispers, rolls]) ears.clear();
    },
  };
}

function createEars<Heard>(onFault: (error: unknown) => void) {
  const listeners = new Set<(heard: Heard) => void>();
  return {
    tell(heard: Heard): void {
      for (const listener of [...listeners]) {
        try {
          listener(heard);
        } catch (error) {
          onFault(error);
        }
      }
    },
    add(listener: (heard: Heard) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear: () => listeners.clear(),
  };
}
