import { broken } from './broken.ts';
import type { Scrubbed } from './videos.ts';

const header = 0x1a45dfa3;
const segment = 0x18538067;
const info = 0x1549a966;
const tracks = 0x1654ae6b;
const track = 0xae;
const cluster = 0x1f43b675;
const seekHead = 0x114d9b74;
const cues = 0x1c53bb6b;
const gap = 0xec;
const levelKept = new Set([cluster, cues, seekHead]);

/** What may stay of `Info`: how time counts. The names of the programs that wrote the file must be there, so they become empty. */
const infoKept = new Set([0x2ad7b1, 0x4489]);
const programs = new Set([0x4d80, 0x5741]);
/** What stands in a cluster without a size: time, blocks, and where it lies. */
const clusterKept = new Set([0xe7, 0xa3, 0xa0, 0xa7, 0xab]);
const trackName = 0x536e;
const checksum = 0xbf;
const mostElements = 1_000_000;

interface Element {
  readonly id: number;
  readonly start: number;
  readonly at: number;
  /** Null when it ends where the next of its level or above begins, as in live recordings. */
  readonly end: number | null;
}

/**
 * Blanks, in place, everything in a WebM that is not needed to play it: tags, attachments, chapters, titles, dates.
 * A file with tracks other than pictures and sound is refused.
 */
export function scrubWebm(bytes: Buffer): Scrubbed {
  let elements = 0;
  let size: Scrubbed | null = null;

  function element(start: number, to: number): Element {
    if (++elements > mostElements) throw broken();
    const idLength = Math.clz32(bytes.readUInt8(start)) - 23;
    if (idLength > 4) throw broken();
    const sizeAt = start + idLength;
    const sizeLength = Math.clz32(bytes.readUInt8(sizeAt)) - 23;
    if (sizeLength > 8) throw broken();
    const at = sizeAt + sizeLength;
    const rest = bytes.subarray(sizeAt + 1, at);
    const first = bytes.readUInt8(sizeAt) & (0xff >> sizeLength);
    const unknown = first === 0xff >> sizeLength && rest.every((byte) => byte === 0xff);
    const length = rest.reduce((sum, byte) => sum * 256 + byte, first);
    if (at > to || (!unknown && at + length > to)) throw broken();
    return { id: bytes.readUIntBE(start, idLength), start, at, end: unknown ? null : at + length };
  }

  function* inside(from: number, to: number): Generator<Element & { readonly end: number }> {
    for (let at = from; at < to; ) {
      const next = element(at, to);
      if (next.end === null) throw broken();
      yield { ...next, end: next.end };
      at = next.end;
    }
  }

  /** The whole element becomes room that players skip. */
  function blank({ start, end }: { start: number; end: number }): void {
    bytes.fill(0, start, end);
    bytes.writeUInt8(gap, start);
    if (end - start < 129) bytes.writeUInt8(0x80 | (end - start - 2), start + 1);
    else {
      bytes.writeUInt8(0x01, start + 1);
      bytes.writeUIntBE(end - start - 9, start + 4, 6);
    }
  }

  const number = ({ at, end }: { at: number; end: number }) => (end - at > 0 && end - at <= 6 ? bytes.readUIntBE(at, end - at) : 0);

  function scrubTrack(from: number, to: number): void {
    const numbers = new Map<number, number>();
    for (const child of inside(from, to)) {
      if (child.id === trackName || child.id === checksum || child.id === gap) blank(child);
      else if (child.id === 0x83) numbers.set(child.id, number(child));
      else if (child.id === 0xe0) for (const inner of inside(child.at, child.end)) numbers.set(inner.id, number(inner));
    }
    const kind = numbers.get(0x83);
    if (kind !== 1 && kind !== 2) throw broken();
    if (kind !== 1) return;
    const shown = (numbers.get(0x54b2) ?? 0) === 0; // the size for showing is told in pixels
    const read = (display: number, pixel: number) => (shown ? numbers.get(display) : 0) || numbers.get(pixel) || null;
    size ??= { width: read(0x54b0, 0xb0), height: read(0x54ba, 0xba) };
  }

  function scrubLevel(next: Element & { readonly end: number }): void {
    if (next.id === info) {
      for (const child of inside(next.at, next.end)) {
        if (programs.has(child.id)) bytes.fill(0, child.at, child.end);
        else if (!infoKept.has(child.id)) blank(child);
      }
    } else if (next.id === tracks) {
      for (const child of inside(next.at, next.end)) {
        if (child.id === track) scrubTrack(child.at, child.end);
        else blank(child);
      }
    } else if (!levelKept.has(next.id) && !clusterKept.has(next.id)) blank(next);
  }

  const begin = element(0, bytes.length);
  if (begin.id !== header || begin.end === null) throw broken();
  const body = element(begin.end, bytes.length);
  if (body.id !== segment) throw broken();
  const end = body.end ?? bytes.length;
  for (let at = body.at; at < end; ) {
    const next = element(at, end);
    if (next.end !== null) scrubLevel({ ...next, end: next.end });
    else if (next.id !== cluster) throw broken();
    at = next.end ?? next.at; // the blocks of a cluster without a size come one by one, and are no metadata
  }
  for (const rest of inside(end, bytes.length)) blank(rest);
  if (size === null) throw broken(); // sound alone
  return size;
}
