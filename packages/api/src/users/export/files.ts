import { Refusal } from '@koreromai/contract';
import { openAttachment } from '../../attachments/open.ts';
import { endingOf, type MediaType } from '../../attachments/sniff.ts';
import type { Services } from '../../services.ts';
import type { Entry } from './entries.ts';

/** What may still go in: a zip can neither hold more than 65,535 files nor reach beyond 4 GB. */
export interface Room {
  files: number;
  bytes: number;
}

/** These files, each asked for anew as its own route would. Those for which there is no room are named in `leftOut`. */
export async function* filesOf(
  services: Services,
  viewerId: string,
  ids: readonly string[],
  room: Room,
  leftOut: string[],
): AsyncGenerator<Entry, void> {
  for (const id of ids) {
    const file = await opened(services, viewerId, id);
    if (file === null) continue;
    if (room.files < 1 || room.bytes < file.size) {
      leftOut.push(id);
      continue;
    }
    const bytes = await services.storage.get(file.key);
    if (bytes === null) continue; // purged at this moment
    room.files--;
    room.bytes -= file.size;
    try {
      yield { name: `files/${id}.${endingOf(file.type as MediaType)}`, bytes, packed: true };
    } finally {
      bytes.destroy();
    }
  }
}

/** Null when it is gone since its message was read. */
async function opened({ read }: Services, viewerId: string, id: string) {
  try {
    return await openAttachment(read, viewerId, id, 'original');
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
