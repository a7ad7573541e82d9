import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { openToken, tokenOf } from '@koreromai/db';

/** What is handed out must be opaque: bare numbers tell strangers how busy others are, and edited cursors are refused. */
export interface Seal {
  /** A place in the log as 22 letters, the same for every subscriber. */
  pos(pos: number): string;
  /** Null when it was not sealed here; Infinity when that was before a restore: no place in today's log. */
  openPos(sealed: string): number | null;
  /** The cursor of one list: bound to `list`, which names the list, its filter and its reader. */
  cursor(list: string, key: unknown): string;
  /** Null when the cursor was edited or belongs to another list. */
  openCursor(list: string, cursor: string): unknown;
  /** The link token of an invitation: nothing of it is stored but the id. */
  invitation(id: string): string;
  openInvitation(token: string): string | null;
}

/** Makes seals from the instance's secret of sixteen bytes. `epoch` (32 bits) stands in every place in the log: a restore changes it. */
export function createSeal(secret: Buffer, epoch = 0): Seal {
  const keyFor = (use: string) => createHash('sha256').update(secret).update(use).digest().subarray(0, 16);
  const posKey = keyFor('pos');
  const cursorKey = keyFor('cursor');
  const sealing = createCipheriv('aes-128-ecb', posKey, null).setAutoPadding(false); // each block for itself, so one is enough for ever
  const sealed = new Map<number, string>(); // what is sent now is sent to many
  const ahead = 16;
  const mark = 0x6b6f7265; // the upper half of a block: whatever does not open to it was not sealed here

  return {
    pos(pos) {
      const known = sealed.get(pos);
      if (known !== undefined) return known;
      // With those that are asked for next: most of what one costs is the asking.
      const blocks = Buffer.alloc(16 * ahead);
      for (let i = 0; i < ahead; i++) {
        blocks.writeUInt32BE(mark, 16 * i);
        blocks.writeUInt32BE(epoch, 16 * i + 4);
        blocks.writeBigUInt64BE(BigInt(pos + i), 16 * i + 8);
      }
      const fresh = sealing.update(blocks); // a permutation, as wanted
      if (sealed.size >= 1_000) sealed.clear();
      for (let i = 0; i < ahead; i++) sealed.set(pos + i, fresh.toString('base64url', 16 * i, 16 * (i + 1)));
      return sealed.get(pos) as string;
    },
    openPos(text) {
      const block = Buffer.from(text, 'base64url');
      if (block.length !== 16 || block.toString('base64url') !== text) return null;
      const plain = createDecipheriv('aes-128-ecb', posKey, null).setAutoPadding(false).update(block);
      if (plain.readUInt32BE(0) !== mark) return null;
      return plain.readUInt32BE(4) === epoch ? Number(plain.readBigUInt64BE(8)) : Number.POSITIVE_INFINITY;
    },
    cursor(list, key) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-128-gcm', cursorKey, iv).setAAD(Buffer.from(list));
      return Buffer.concat([iv, cipher.update(JSON.stringify(key), 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },
    openCursor(list, cursor) {
      const bytes = Buffer.from(cursor, 'base64url');
      if (bytes.length < 29 || bytes.toString('base64url') !== cursor) return null;
      const decipher = createDecipheriv('aes-128-gcm', cursorKey, bytes.subarray(0, 12))
        .setAAD(Buffer.from(list))
        .setAuthTag(bytes.subarray(-16));
      try {
        return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')) as unknown;
      } catch {
        return null; // edited, or of another list: the caller refuses it
      }
    },
    invitation: (id) => tokenOf(secret, 'invitation', id),
    openInvitation: (token) => openToken(secret, 'invitation', token),
  };
}
