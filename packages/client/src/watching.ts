import { limits } from '@koreromai/contract';
import type { Line } from './connect.ts';
import type { Retry } from './retry.ts';

/** Which rooms the one subscription of this connection also carries. */
export interface Watching {
  watch(rooms: readonly string[]): void;
  /** For the subscription that begins now. */
  carried(): string[];
  /** The subscription runs. The link begins it anew with the rooms that it began with, so later ones are told again. */
  up(): void;
  down(): void;
}

/** `onJoined`: that room was not carried until now, so something of it may have been missed. */
export function createWatching(line: Pick<Line, 'api'>, retry: Retry, onJoined: (id: string) => void): Watching {
  let wanted: readonly string[] = [];
  let told: readonly string[] = [];
  let begun: readonly string[] = [];
  let live = false;

  async function tell(): Promise<void> {
    if (!live || retry.waiting || same(wanted, told)) return;
    const [rooms, before] = [wanted, told];
    told = rooms;
    try {
      await line.api.events.watch.mutate({ rooms: [...rooms] });
      retry.reset();
      for (const id of rooms) if (!before.includes(id)) onJoined(id);
    } catch {
      told = before;
      if (live) retry.later(() => void tell());
    }
  }

  return {
    watch(rooms) {
      wanted = [...new Set(rooms)].slice(0, limits.socket.maxRooms);
      void tell();
    },
    carried() {
      begun = wanted;
      return [...begun];
    },
    up() {
      live = true;
      told = begun;
      void tell();
    },
    down() {
      live = false;
      retry.reset();
    },
  };
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((id) => b.includes(id));
