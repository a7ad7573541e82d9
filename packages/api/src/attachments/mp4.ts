import { broken } from './broken.ts';
import type { Scrubbed } from './videos.ts';

/** What may stay at each level. Everything else (user data, XMP, places, names, spare room) is blanked where it stands. */
type Level = { readonly [type: string]: Level | true };

const keep = (types: string): Level => Object.fromEntries(types.split(' ').map((type) => [type, true]));
const stbl = keep('stsd stts ctts cslg stsc stsz stz2 stco co64 stss stsh sdtp sbgp sgpd subs saiz saio padb stdp');
const minf = { ...keep('vmhd smhd hmhd nmhd'), dinf: keep('dref'), stbl };
const trak = { ...keep('tkhd tref'), edts: keep('elst'), mdia: { ...keep('mdhd hdlr elng'), minf } };
const moov = { ...keep('mvhd iods'), mvex: keep('mehd trex leva'), trak };
const moof = { ...keep('mfhd'), traf: keep('tfhd tfdt trun sdtp sbgp sgpd subs saiz saio') };
const file: Level = { ...keep('ftyp styp sidx ssix mdat mfra'), moov, moof };

/** Boxes that begin with the times of making and of changing. */
const dated = new Set(['mvhd', 'tkhd', 'mdhd']);
const mostBoxes = 100_000;

interface Box {
  readonly type: string;
  readonly start: number;
  /** Where its content begins. */
  readonly at: number;
  readonly end: number;
}

/**
 * Blanks, in place, everything in an MP4 that is not needed to play its pictures and its sound: nothing moves, so all offsets hold.
 * Tracks of another kind (places, subtitles, telemetry) go with their samples, and the dates of recording and the names of devices become zero.
 * What a device wrote into the pictures or the sound themselves stays.
 */
export function scrubMp4(bytes: Buffer): Scrubbed {
  let boxes = 0;
  const kept = new Set<number>();
  let size: { width: number | null; height: number | null } | null = null;

  function* inside(from: number, to: number): Generator<Box> {
    for (let start = from; start < to; ) {
      if (++boxes > mostBoxes) throw broken();
      const short = bytes.readUInt32BE(start);
      const long = short === 1;
      const length = short === 0 ? to - start : long ? Number(bytes.readBigUInt64BE(start + 8)) : short;
      const at = start + (long ? 16 : 8);
      const end = start + length;
      if (end < at || end > to) throw broken();
      yield { type: bytes.toString('latin1', start + 4, start + 8), start, at, end };
      start = end;
    }
  }

  const find = (box: Box, ...path: string[]): Box | null => {
    const [type, ...rest] = path;
    if (type === undefined) return box;
    for (const child of inside(box.at, box.end)) if (child.type === type) return find(child, ...rest);
    return null;
  };

  function blank({ start, at, end }: Box): void {
    bytes.write('free', start + 4, 'latin1');
    bytes.fill(0, at, end);
  }

  function walk(from: number, to: number, level: Level): void {
    for (const box of inside(from, to)) {
      const below = Object.hasOwn(level, box.type) ? level[box.type] : undefined;
      if (below === undefined || (box.type === 'trak' && !isPlayed(box))) blank(box);
      else if (box.type === 'hdlr') bytes.fill(0, Math.min(box.at + 24, box.end), box.end);
      else if (dated.has(box.type)) bytes.fill(0, box.at + 4, Math.min(box.end, box.at + (bytes[box.at] === 1 ? 20 : 12)));
      else if (box.type === 'tfhd' && !kept.has(bytes.readUInt32BE(box.at + 4)))
        throw broken(); // a hidden track in pieces
      else if (below !== true) walk(box.at, box.end, below);
    }
  }

  /** Notes a track of pictures or sound; takes the samples out of any other. */
  function isPlayed(track: Box): boolean {
    const [head, handler, table] = [find(track, 'tkhd'), find(track, 'mdia', 'hdlr'), find(track, 'mdia', 'minf', 'stbl')];
    if (!head || !handler) throw broken();
    const kind = bytes.toString('latin1', handler.at + 8, handler.at + 12);
    if (kind !== 'vide' && kind !== 'soun') {
      if (table) blankSamples(table);
      return false;
    }
    kept.add(bytes.readUInt32BE(head.at + (bytes[head.at] === 1 ? 20 : 12)));
    if (kind === 'vide') size ??= sizeIn(head);
    return true;
  }

  /** Fixed-point numbers at the end, behind the matrix that may turn them by a quarter. */
  function sizeIn({ end }: Box): { width: number | null; height: number | null } {
    const [across, down] = [bytes.readUInt16BE(end - 8) || null, bytes.readUInt16BE(end - 4) || null];
    const turned = bytes.readInt32BE(end - 44) === 0 && bytes.readInt32BE(end - 40) !== 0;
    return turned ? { width: down, height: across } : { width: across, height: down };
  }

  function blankSamples(table: Box): void {
    const [sizes, runs, near, far] = [find(table, 'stsz'), find(table, 'stsc'), find(table, 'stco'), find(table, 'co64')];
    const offsets = near ?? far;
    if (!sizes || !runs || !offsets) {
      if (find(table, 'stz2')) throw broken();
      return; // its samples are in pieces, or it has none
    }
    const [same, chunks, entries] = [bytes.readUInt32BE(sizes.at + 4), bytes.readUInt32BE(offsets.at + 4), bytes.readUInt32BE(runs.at + 4)];
    let [sample, run, filled] = [0, 0, 0];
    for (let chunk = 0; chunk < chunks; chunk++) {
      const entry = (index: number, field: number) => bytes.readUInt32BE(runs.at + 8 + index * 12 + field);
      while (run + 1 < entries && entry(run + 1, 0) <= chunk + 1) run++;
      const count = entries === 0 ? 0 : entry(run, 4);
      let length = same * count;
      if (same === 0) for (let i = 0; i < count; i++) length += bytes.readUInt32BE(sizes.at + 12 + sample++ * 4);
      const from = near ? bytes.readUInt32BE(near.at + 8 + chunk * 4) : Number(bytes.readBigUInt64BE(offsets.at + 8 + chunk * 8));
      filled += length;
      if (filled > bytes.length || from + length > bytes.length) throw broken();
      bytes.fill(0, from, from + length);
    }
  }

  walk(0, bytes.length, file);
  if (size === null) throw broken(); // sound alone
  return size;
}
