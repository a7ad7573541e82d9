import type { Message } from '@koreromai/client';
import type { Talk } from '../actions/talk.tsx';
import { createLongPress } from '../ui/long-press.ts';
import { spotAt } from '../ui/spot.ts';

const rowOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-message]') : null;
const rowsIn = (scroller: HTMLElement): HTMLElement[] => [...scroller.querySelectorAll<HTMLElement>('[data-message]')];

/** Pointer, finger and keys over the messages of a timeline: one set of listeners for all of its rows (UI12, UI32). */
export function createRowGestures(talk: Talk, messageOf: (id: string) => Message | undefined, newestFirst: boolean) {
  const open = (row: HTMLElement, at?: { clientX: number; clientY: number }): boolean => {
    const message = messageOf(row.dataset.message ?? '');
    if (message === undefined) return false; // still on its way
    const body = row.querySelector<HTMLElement>('.message-body') ?? row;
    talk.openMenu({ ...spotAt(body, row, at), message });
    return true;
  };
  const press = createLongPress(rowOf, open);
  const step = (scroller: HTMLElement, row: HTMLElement | null, by: 1 | -1) => {
    const rows = rowsIn(scroller);
    const next = row === null ? rows.at(newestFirst ? 0 : -1) : rows[rows.indexOf(row) + by];
    next?.focus();
  };

  return {
    onPointerOver(event: PointerEvent) {
      if (event.pointerType !== 'touch') talk.activate(rowOf(event.target)?.dataset.message ?? null);
    },
    onPointerLeave() {
      talk.activate(rowOf(document.activeElement)?.dataset.message ?? null);
    },
    onFocusIn(event: FocusEvent) {
      const row = rowOf(event.target);
      if (row !== null) talk.activate(row.dataset.message ?? null);
    },
    onContextMenu(event: MouseEvent) {
      const row = rowOf(event.target);
      const theirs = event.target instanceof Element && event.target.closest('a, img, video') !== null;
      if (row === null || theirs || getSelection()?.isCollapsed === false) return; // the browser's own menu does more there
      if (open(row, event)) event.preventDefault();
    },
    ...press.listeners,
    onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }) {
      const row = rowOf(event.target);
      if (event.target !== row && event.target !== event.currentTarget) return; // a button inside has its own keys
      const menu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey) || (event.key === 'Enter' && row !== null);
      if (menu && row !== null && open(row)) return event.preventDefault();
      if (event.altKey || event.ctrlKey || event.metaKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
      event.preventDefault();
      step(event.currentTarget, row, event.key === 'ArrowUp' ? -1 : 1);
    },
  };
}
