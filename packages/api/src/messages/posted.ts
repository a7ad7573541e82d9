import { idOf } from '@koreromai/db';

/** A message that stands, as far as a post has to know it. */
export interface Stored {
  readonly author: string;
  readonly conversation: string;
  /** Null for messages from before digests were kept, and for deleted ones. */
  readonly digest: Buffer | null;
  /** The text as it was posted; null when an edit has replaced it. */
  readonly first: string | null;
  readonly deleted: boolean;
}

interface MessageRow {
  readonly id: Buffer;
  readonly author_id: Buffer;
  readonly conversation_id: Buffer;
  readonly digest: Buffer | null;
  readonly text: string | null;
  readonly version: number;
  readonly deleted_at: number | null;
}

/** Message id → what is stored under it. */
export const storedOf = (rows: readonly MessageRow[]): Map<string, Stored> =>
  new Map(
    rows.map((r) => [
      idOf(r.id),
      {
        author: idOf(r.author_id),
        conversation: idOf(r.conversation_id),
        digest: r.digest,
        first: r.version === 1 ? r.text : null,
        deleted: r.deleted_at !== null,
      },
    ]),
  );

interface FileRow {
  readonly id: Buffer;
  readonly uploader_id: Buffer;
  readonly message_id: Buffer | null;
  readonly purpose: string;
  readonly removed_at: number | null;
}

/** Files that wait to be sent → who uploaded them and may send them. */
export const attachable = (rows: readonly FileRow[]): Map<string, string> =>
  new Map(
    rows
      .filter((f) => f.message_id === null && f.removed_at === null && f.purpose === 'message')
      .map((f) => [idOf(f.id), idOf(f.uploader_id)]),
  );
