type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'keyCode'>;

/** What a key press in the composer asks for (UI9, UI13). `empty`: nothing is written there yet. */
export function intentOf(event: Pressed, empty = false): 'send' | 'editLast' | 'cancel' | null {
  // Enter that ends a composition chooses a word. Safari reports it after `compositionend`, with key code 229.
  if (event.isComposing || event.keyCode === 229) return null;
  const bare = !event.shiftKey && !event.altKey;
  if (event.key === 'Enter') return bare ? 'send' : null;
  if (event.ctrlKey || event.metaKey || !bare) return null;
  if (event.key === 'Escape') return 'cancel';
  return event.key === 'ArrowUp' && empty ? 'editLast' : null;
}
