const STEP = 1.5;
const MOST = 8;

/** How large a picture is shown and which part of it: by keys, by wheel, by two fingers; dragged with one. */
export function createLens() {
  let picture: HTMLElement | undefined;
  let scale = 1;
  let shift = { x: 0, y: 0 };
  const fingers = new Map<number, { x: number; y: number }>();

  const draw = () => {
    if (scale === 1) shift = { x: 0, y: 0 };
    if (picture !== undefined) picture.style.transform = `translate(${shift.x}px, ${shift.y}px) scale(${scale})`;
  };
  const scaleTo = (next: number) => {
    scale = Math.min(MOST, Math.max(1, next));
    draw();
  };
  const spread = (): number => {
    const [a, b] = [...fingers.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };

  function down(event: PointerEvent) {
    if (event.target instanceof Element && event.target.closest('button') !== null) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }
  function move(event: PointerEvent) {
    const before = fingers.get(event.pointerId);
    if (before === undefined) return;
    const apart = spread();
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size === 2 && apart > 0) return scaleTo((scale * spread()) / apart);
    if (scale === 1) return;
    shift = { x: shift.x + event.clientX - before.x, y: shift.y + event.clientY - before.y };
    draw();
  }
  const up = (event: PointerEvent) => fingers.delete(event.pointerId);
  function wheel(event: WheelEvent) {
    event.preventDefault();
    scaleTo(scale * (event.deltaY < 0 ? 1.15 : 1 / 1.15));
  }

  return {
    picture(element: HTMLElement) {
      picture = element;
    },
    stage(element: HTMLElement) {
      element.addEventListener('pointerdown', down);
      element.addEventListener('pointermove', move);
      for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const) element.addEventListener(end, up);
      element.addEventListener('wheel', wheel, { passive: false });
    },
    zoom: (way: 1 | -1) => scaleTo(way === 1 ? scale * STEP : scale / STEP),
    reset: () => scaleTo(1),
  };
}
