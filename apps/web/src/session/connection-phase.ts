import type { Connection } from '@koreromai/client';
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';

export type Phase = 'quiet' | 'reconnecting' | 'offline';

/** Most breaks heal by themselves sooner than this: a bar that flashes only worries (UI8). */
export const QUIET_FOR = 5_000;

/** What to tell about the connection: nothing for five seconds, then that we try, then that messages wait. */
export function createConnectionPhase(connection: Accessor<Connection>): Accessor<Phase> {
  const [phase, setPhase] = createSignal<Phase>('quiet');
  let timer: ReturnType<typeof setTimeout> | undefined;
  createEffect(() => {
    const now = connection();
    clearTimeout(timer);
    if (now.status !== 'reconnecting' && now.status !== 'offline') return setPhase('quiet');
    const words = now.status;
    const left = now.since + QUIET_FOR - Date.now();
    if (left <= 0) return setPhase(words);
    timer = setTimeout(() => setPhase(words), left);
  });
  onCleanup(() => clearTimeout(timer));
  return phase;
}
