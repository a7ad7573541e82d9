export interface Part {
  readonly from: number;
  readonly to: number;
}

/**
 * The part of `size` bytes that a Range header asks for: null for the whole (no header, another unit, several parts at once, which
 * a server may answer with the whole), `none` when nothing of it is there.
 */
export function rangeOf(header: string | undefined, size: number): Part | 'none' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') return Number(last) === 0 || size === 0 ? 'none' : { from: Math.max(0, size - Number(last)), to: size - 1 };
  if (last !== '' && Number(last) < Number(first)) return null; // no range at all
  return Number(first) >= size ? 'none' : { from: Number(first), to: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}
