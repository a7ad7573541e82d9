import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

/** What a browser gave to be written to, in base64url. */
export interface Listener {
  readonly p256dh: string;
  readonly auth: string;
}

/** The sender's half of one message; fresh for each, given by tests alone. */
interface Half {
  readonly privateKey?: Buffer;
  readonly salt?: Buffer;
}

const recordSize = 4_096;
const bytesIn = (text: string) => Buffer.from(text, 'base64url');
const derived = (salt: Buffer, from: Buffer, info: string | Buffer, length: number) =>
  Buffer.from(hkdfSync('sha256', from, salt, info, length));

/**
 * A message that only this browser can read (RFC 8291, `aes128gcm` of RFC 8188, one record): the push service that carries it cannot.
 * Throws when the browser's key is no point of the curve, or when there is more to say than one record takes.
 */
export function encrypted(text: string, listener: Listener, half: Half = {}): Buffer {
  const plain = Buffer.from(text);
  if (plain.length > recordSize - 17 - 86) throw new Error(`A push message of ${plain.length} bytes is too long.`);
  const ecdh = createECDH('prime256v1');
  if (half.privateKey) ecdh.setPrivateKey(half.privateKey);
  else ecdh.generateKeys();
  const salt = half.salt ?? randomBytes(16);
  const [ours, theirs] = [ecdh.getPublicKey(), bytesIn(listener.p256dh)];
  const shared = ecdh.computeSecret(theirs);
  const secret = derived(bytesIn(listener.auth), shared, Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours]), 32);
  const key = derived(salt, secret, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = derived(salt, secret, 'Content-Encoding: nonce\0', 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(recordSize, 0);
  head.writeUInt8(ours.length, 4);
  const last = Buffer.from([2]); // no record follows
  return Buffer.concat([salt, head, ours, cipher.update(plain), cipher.update(last), cipher.final(), cipher.getAuthTag()]);
}

/** Whether something can be encrypted to this key at all. */
export function isPoint(p256dh: string): boolean {
  try {
    const ecdh = createECDH('prime256v1');
    ecdh.generateKeys();
    ecdh.computeSecret(bytesIn(p256dh));
    return true;
  } catch {
    return false; // not on the curve: the caller says so
  }
}
