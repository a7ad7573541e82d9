import { broken } from './broken.ts';
import type { PictureType } from './sniff.ts';

/**
 * How many frames a picture has, counted up to `most + 1` without decoding any: the decoder takes memory for each before it could
 * say that they are too many. Throws UNSUPPORTED_MEDIA when the file ends before it should.
 */
export function framesOf(bytes: Buffer, type: PictureType, most: number): number {
  try {
    if (type === 'image/gif') return framesOfGif(bytes, most);
    return type === 'image/webp' ? framesOfWebp(bytes, most) : 1;
  } catch (error) {
    if (error instanceof RangeError) throw broken(); // read beyond the end
    throw error;
  }
}

const tableSize = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

function framesOfGif(bytes: Buffer, most: number): number {
  let at = 13 + tableSize(bytes.readUInt8(10));
  let frames = 0;
  for (let kind = bytes.readUInt8(at++); kind !== 0x3b; kind = bytes.readUInt8(at++)) {
    if (kind === 0x2c) {
      if (++frames > most) return frames;
      at += 9 + tableSize(bytes.readUInt8(at + 8)) + 1;
    } else if (kind === 0x21) at += 1;
    else throw broken();
    for (let size = bytes.readUInt8(at++); size !== 0; size = bytes.readUInt8(at++)) at += size;
  }
  return frames;
}

function framesOfWebp(bytes: Buffer, most: number): number {
  const end = bytes.readUInt32LE(4) + 8;
  let frames = 0;
  for (let at = 12; at + 8 <= end; ) {
    const size = bytes.readUInt32LE(at + 4);
    if (bytes.toString('latin1', at, at + 4) === 'ANMF' && ++frames > most) return frames;
    at += 8 + size + (size & 1);
  }
  return Math.max(1, frames);
}
