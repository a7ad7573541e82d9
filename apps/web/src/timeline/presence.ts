import { type Accessor, createSignal, onCleanup } from 'solid-js';

/** Whether somebody can be looking: the page is shown. What arrives while it is not stays unread. */
export function createLooking(): Accessor<boolean> {
  const look = () => document.visibilityState === 'visible';
  const [looking, setLooking] = createSignal(look());
  const changed = () => setLooking(look());
  document.addEventListener('visibilitychange', changed);
  onCleanup(() => document.removeEventListener('visibilitychange', changed));
  return looking;
}
