import { createLongPress } from '../ui/long-press.ts';
import { type Spot, spotAt } from '../ui/spot.ts';

const rowOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-conversation]') : null;

/** Pointer, finger and keys over the list of chats that open the menu of one (right click, long press, Shift+F10, the menu key). */
export function createListGestures(openMenu: (conversationId: string, spot: Spot) => void) {
  const open = (row: HTMLElement, at?: { readonly clientX: number; readonly clientY: number }): true => {
    openMenu(row.dataset.conversation ?? '', spotAt(row, row, at));
    return true;
  };
  const press = createLongPress(rowOf, open);
  return {
    ...press.listeners,
    'on:click': press.swallow,
    onContextMenu(event: MouseEvent) {
      const row = rowOf(event.target);
      if (row === null) return;
      event.preventDefault();
      open(row, event);
    },
    /** Whether the key asked for the menu. */
    keyed(event: KeyboardEvent): boolean {
      const row = rowOf(event.target);
      if (row === null || !(event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) return false;
      event.preventDefault();
      return open(row);
    },
  };
}
