/** A UUID, version 7: sorts by birth (RFC 9562 §5.7). `crypto.randomUUID` makes version 4 and needs a secure context. */
export function uuidv7(now: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setUint16(0, Math.floor(now / 2 ** 32));
  new DataView(bytes.buffer).setUint32(2, now % 2 ** 32);
  const hex = Array.from(bytes, (byte, index) =>
    octet(index === 6 ? (byte & 0x0f) | 0x70 : index === 8 ? (byte & 0x3f) | 0x80 : byte),
  ).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const octet = (byte: number): string => byte.toString(16).padStart(2, '0');
