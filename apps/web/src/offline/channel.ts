/** Tells the other tabs that something they share has changed. What is said carries nothing, so there is nothing in it to believe. */
export function openChannel(name: string) {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
  return {
    tell: () => channel?.postMessage(null),
    watch(changed: () => void): () => void {
      channel?.addEventListener('message', changed);
      return () => channel?.removeEventListener('message', changed);
    },
  };
}
