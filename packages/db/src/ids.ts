import { randomBytes, randomUUID } from 'node:crypto';

/** A UUID as the sixteen bytes the database keeps. The string must be a UUID; the contract's schemas see to it. */
export const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

/** Sixteen bytes as a UUID in lower case. */
export function idOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
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
