import { createSignal, type JSX, onCleanup, Show } from 'solid-js';

/** Shorter waits than this show nothing: a skeleton that flashes is worse than none (UI37). */
export const SKELETON_AFTER = 150;

export function Delayed(props: { by?: number; children: JSX.Element }) {
  const [due, setDue] = createSignal(false);
  const timer = setTimeout(() => setDue(true), props.by ?? SKELETON_AFTER);
  onCleanup(() => clearTimeout(timer));
  return <Show when={due()}>{props.children}</Show>;
}
