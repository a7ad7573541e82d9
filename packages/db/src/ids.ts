import { randomBytes, randomUUID } from 'node:crypto';

const digits = Buffer.from('0123456789abcdef');
/** Character code → what the digit is worth. */
const worth = new Uint8Array(128);
for (let i = 0; i < 16; i++) worth[i.toString(16).charCodeAt(0)] = worth[i.toString(16).toUpperCase().charCodeAt(0)] = i;
/** Where the two digits of each byte stand. */
const places = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const written = Buffer.alloc(36, '-'); // nothing is awaited while it is filled

/** A UUID as the sixteen bytes the database keeps. The string must be a UUID; the contract's schemas see to it. Digit by digit: every post asks for dozens. */
export function bytesOf(id: string): Buffer {
  const bytes = Buffer.allocUnsafe(16);
  for (let i = 0; i < 16; i++) {
    const at = places[i] as number;
    bytes[i] = ((worth[id.charCodeAt(at)] as number) << 4) | (worth[id.charCodeAt(at + 1)] as number);
  }
  return bytes;
}

/** Sixteen bytes as a UUID in lower case. */
export function idOf(bytes: Uint8Array): string {
  for (let i = 0; i < 16; i++) {
    const at = places[i] as number;
    const byte = bytes[i] as number;
    written[at] = digits[byte >> 4] as number;
    written[at + 1] = digits[byte & 15] as number;
  }
  return written.toString('latin1');
}

/** A new UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then random. Sorts by birth to the millisecond. */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return idOf(bytes);
}

/** An id that says nothing about when it was made, for what is handed to strangers. */
export const randomId = (): string => randomUUID();

/** The key of a direct chat: both ids, smaller first (C3). */
export const directKey = (a: string, b: string): Buffer => Buffer.concat([bytesOf(a < b ? a : b), bytesOf(a < b ? b : a)]);
