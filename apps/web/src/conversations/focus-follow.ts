import type { Accessor } from 'solid-js';
import { createEffect, on } from 'solid-js';
import { currentChat } from './paths.ts';

/**
 * On a narrow screen a step to another view hides what had the focus. It goes along then: to the button that
 * opened the details, to the row of the chat that was left, else to the pane that is shown. Where the focus can still be seen, it stays.
 */
export function followWithFocus(path: Accessor<string>): void {
  createEffect(on(path, (_now, before) => requestAnimationFrame(() => moveFrom(before ?? '')), { defer: true }));
}

function moveFrom(before: string): void {
  const active = document.activeElement;
  const lost = active === null || active === document.body || getComputedStyle(active).visibility === 'hidden';
  if (!lost) return;
  const left = currentChat(before);
  const row = left === undefined ? null : document.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(left)}"]`);
  const toggle = before.endsWith('/details') ? document.querySelector<HTMLElement>('[data-details-toggle]') : null;
  const panes = [...document.querySelectorAll<HTMLElement>('[data-landmark]')];
  const target = [toggle, row, ...panes.reverse()].find((each) => each && getComputedStyle(each).visibility === 'visible');
  target?.focus({ preventScroll: target !== row });
}
