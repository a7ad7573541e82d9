import { type Accessor, createSignal, onCleanup } from 'solid-js';

/** The present, looked at once a minute and whenever the page is shown again: enough for "Today" to become "Yesterday". */
export function createNow(): Accessor<number> {
  const [now, setNow] = createSignal(Date.now());
  const look = () => setNow(Date.now());
  const timer = setInterval(look, 60_000);
  document.addEventListener('visibilitychange', look);
  onCleanup(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  });
  return now;
}
