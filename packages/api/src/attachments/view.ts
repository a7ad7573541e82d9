import type { Attachment } from '@koreromai/contract';
import { isoOf } from '../users/view.ts';

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly description: string | null;
  readonly thumbnail: { readonly width: number; readonly height: number } | null;
}

/** A file as everyone who may see it sees it; its URLs are authorised anew at every request. */
export function attachmentView(file: Shown, createdAt: number): Attachment {
  const url = `/api/v1/attachments/${file.id}`;
  const { id, name, type, size, width, height, description, thumbnail } = file;
  const small = thumbnail && { url: `${url}/thumbnail`, width: thumbnail.width, height: thumbnail.height };
  return { id, name, type, size, width, height, url, thumbnail: small, description, createdAt: isoOf(createdAt) };
}
