/** Closer to the end than this counts as being there (UI1). */
export const NEAR_END = 80;

export interface Anchor {
  /** Notes which message stands at the top of the view, and where. */
  note(): void;
  /** After the content changed: moves the view so that this message stands where it stood. Exact to the fraction of a pixel. */
  hold(): void;
  toEnd(): void;
  fromEnd(): number;
  /** Viewports of content that is older, and newer, than what is in view. */
  older(): number;
  newer(): number;
}

/**
 * Keeps a scroll place by message, not by pixel. The browser's own anchoring is switched off in CSS: it gives up at the
 * very top, which is where history is loaded. `newestFirst`: the newest stands on top, and that is the end (UI46).
 */
export function makeAnchor(scroller: HTMLElement, content: HTMLElement, newestFirst: boolean): Anchor {
  let held: { id: string; offset: number } | null = null;
  const offsetOf = (row: Element) => row.getBoundingClientRect().top - content.getBoundingClientRect().top;
  const above = () => scroller.scrollTop;
  const below = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  const view = () => Math.max(1, scroller.clientHeight);

  const firstSeen = (): HTMLElement | undefined => {
    const rows = content.querySelectorAll<HTMLElement>('[data-message]');
    const edge = scroller.getBoundingClientRect().top;
    // Rows lie in order, so the first one that reaches below the edge is found by halving.
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = rows.item(middle);
      if (row.getBoundingClientRect().bottom > edge) high = middle;
      else low = middle + 1;
    }
    return rows[low];
  };

  return {
    note() {
      const row = firstSeen();
      held = row === undefined ? null : { id: row.dataset.message ?? '', offset: offsetOf(row) };
    },
    hold() {
      if (held === null) return;
      const row = content.querySelector(`[data-message="${CSS.escape(held.id)}"]`);
      if (row === null) return;
      const moved = offsetOf(row) - held.offset;
      if (moved !== 0) scroller.scrollTop += moved;
      held = { id: held.id, offset: held.offset + moved };
    },
    toEnd() {
      scroller.scrollTop = newestFirst ? 0 : scroller.scrollHeight;
    },
    fromEnd: newestFirst ? above : below,
    older: () => (newestFirst ? below() : above()) / view(),
    newer: () => (newestFirst ? above() : below()) / view(),
  };
}
