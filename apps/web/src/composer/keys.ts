/** What a key press in the composer asks for (UI9). */
export function intentOf(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'keyCode'>,
): 'send' | null {
  // Enter that ends a composition chooses a word. Safari reports it after `compositionend`, with key code 229.
  if (event.isComposing || event.keyCode === 229) return null;
  return event.key === 'Enter' && !event.shiftKey && !event.altKey ? 'send' : null;
}
