/** How long a finger rests before it means the menu, and how far it may move meanwhile. */
const LONG_PRESS = 500;
const STILL = 10;

/** A finger that rests on something which `found` names. `open` says whether that meant anything. */
export function createLongPress<Found>(
  found: (target: EventTarget | null) => Found | null,
  open: (found: Found, at: { readonly clientX: number; readonly clientY: number }) => boolean,
) {
  let pressed: { timer: ReturnType<typeof setTimeout>; x: number; y: number } | undefined;
  let opened = false;
  const release = () => {
    clearTimeout(pressed?.timer);
    pressed = undefined;
  };
  return {
    listeners: {
      onPointerDown(event: PointerEvent) {
        const what = found(event.target);
        release();
        opened = false;
        if (event.pointerType !== 'touch' || what === null) return;
        const { clientX, clientY } = event;
        const timer = setTimeout(() => {
          opened = open(what, { clientX, clientY });
        }, LONG_PRESS);
        pressed = { timer, x: clientX, y: clientY };
      },
      onPointerMove(event: PointerEvent) {
        if (pressed !== undefined && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > STILL) release();
      },
      onPointerUp: release,
      onPointerCancel: release,
    },
    /** For what is pressed by a tap as well: the finger that opened a menu does not also follow the link when it is lifted. */
    swallow(event: Event) {
      if (!opened) return;
      opened = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
