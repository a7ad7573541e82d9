import type { Connection } from '@koreromai/client';
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';

export type Phase = 'quiet' | 'reconnecting' | 'offline';

/** Most breaks heal by themselves sooner than this: a bar that flashes only worries (UI8). */
export const QUIET_FOR = 5_000;

/**
 * What to tell about the connection: nothing for five seconds, then that we try, then that messages wait. A browser that knows that
 * there is no network spares us the guessing: then messages wait, and who opens the page so is told at once.
 */
export function createConnectionPhase(connection: Accessor<Connection>): Accessor<Phase> {
  const online = createOnline();
  const [phase, setPhase] = createSignal<Phase>('quiet');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasLive = false;
  createEffect(() => {
    const now = connection();
    clearTimeout(timer);
    if (now.status === 'live') wasLive = true;
    if (now.status !== 'reconnecting' && now.status !== 'offline') return setPhase('quiet');
    const words = online() ? now.status : 'offline';
    const left = !online() && !wasLive ? 0 : now.since + QUIET_FOR - Date.now();
    if (left <= 0) return setPhase(words);
    timer = setTimeout(() => setPhase(words), left);
  });
  onCleanup(() => clearTimeout(timer));
  return phase;
}

function createOnline(): Accessor<boolean> {
  const [online, setOnline] = createSignal(navigator.onLine);
  const look = () => setOnline(navigator.onLine);
  for (const change of ['online', 'offline']) window.addEventListener(change, look);
  onCleanup(() => {
    for (const change of ['online', 'offline']) window.removeEventListener(change, look);
  });
  return online;
}
