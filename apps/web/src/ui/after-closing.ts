import { onCleanup } from 'solid-js';

/**
 * For what opens above the page: runs `finish` once when it has closed, in place of the primitive's own returning of the focus,
 * whichever comes first, the primitive's word or its end.
 */
export function createAfterClosing(finish: () => void): (event: Event) => void {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    finish();
  };
  onCleanup(() => setTimeout(once));
  return (event) => {
    event.preventDefault();
    once();
  };
}
