import { type Accessor, createSignal, onCleanup, onMount } from 'solid-js';
import { type Anchor, makeAnchor, NEAR_END } from './anchor.ts';

/** History is fetched while this many viewports of it are still above the reader (UI4). */
export const PREFETCH = 1.5;

export interface Scroll {
  /** Gives the two elements: what scrolls, and what is scrolled. */
  attach(scroller: HTMLElement, content: HTMLElement): void;
  atEnd: Accessor<boolean>;
  /** Call after the rows were drawn: stays at the end, or holds the message that was being read. */
  settle(): void;
  toEnd(): void;
  /** Puts an element a third down from the top, e.g. the first unread message. */
  reveal(element: Element): void;
  /** True while fewer than 1.5 viewports are left towards the past, or the present; fewer where the window is full, so that a large screen never asks for both at once. */
  nearOldest(full: boolean): boolean;
  nearNewest(full: boolean): boolean;
}

/** Where the reader is in a timeline, kept through everything that changes its height. */
export function createScroll(onMove: () => void, newestFirst: boolean): Scroll {
  const [atEnd, setAtEnd] = createSignal(true);
  let anchor: Anchor | undefined;
  let scroller: HTMLElement | undefined;
  const look = () => {
    if (anchor === undefined) return;
    setAtEnd(anchor.fromEnd() <= NEAR_END);
    anchor.note();
  };
  const settle = () => {
    if (atEnd()) anchor?.toEnd();
    else anchor?.hold();
    anchor?.note();
  };
  const moved = () => {
    look();
    onMove();
  };
  // Pictures of fonts, a growing composer, a turned phone: whatever changes a height, the reader stays.
  const resized = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(settle);
  onCleanup(() => resized?.disconnect());

  return {
    attach(outer, inner) {
      scroller = outer;
      anchor = makeAnchor(outer, inner, newestFirst);
      onMount(() => {
        resized?.observe(outer);
        resized?.observe(inner);
        outer.addEventListener('scroll', moved, { passive: true });
      });
      onCleanup(() => outer.removeEventListener('scroll', moved));
    },
    atEnd,
    settle,
    toEnd() {
      setAtEnd(true);
      anchor?.toEnd();
      anchor?.note();
    },
    reveal(element) {
      if (scroller === undefined) return;
      const top = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      scroller.scrollTop += top - scroller.clientHeight / 3;
      look();
    },
    nearOldest: (full) => anchor !== undefined && anchor.older() < ahead(anchor, full),
    nearNewest: (full) => anchor !== undefined && anchor.newer() < ahead(anchor, full),
  };
}

const ahead = (anchor: Anchor, full: boolean): number => (full ? Math.min(PREFETCH, (anchor.older() + anchor.newer()) / 4) : PREFETCH);
