/** Where something opens: beside an element, or where the pointer was. */
export interface Spot {
  readonly rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Gets the focus back. */
  readonly opener: HTMLElement | null;
}

export const spotOf = (element: HTMLElement, opener: HTMLElement | null = element): Spot => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { rect: { x, y, width, height }, opener };
};

/** At the pointer, or beside the element where a key asked for it. */
export const spotAt = (element: HTMLElement, opener: HTMLElement, at?: { readonly clientX: number; readonly clientY: number }): Spot =>
  at === undefined ? spotOf(element, opener) : { rect: { x: at.clientX, y: at.clientY, width: 0, height: 0 }, opener };
