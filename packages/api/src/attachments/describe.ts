import { Refusal } from '@koreromai/contract';
import { bytesOf, idOf, locked, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';

interface Description {
  readonly attachmentId: string;
  readonly uploaderId: string;
  /** Null: none. */
  readonly description: string | null;
}

/**
 * Says in words what a file shows, as long as it has not been sent: afterwards it is part of a message that others have seen.
 * Throws NOT_FOUND for files of others and FILE_SENT.
 */
export const fileDescribed = changeKind<Description, void>()({
  name: 'file.described',
  alone: true,
  streams: () => [],
  lookups: (inputs) => ({
    files: locked(
      lookup(
        'attachment',
        ['uploader_id', 'purpose', 'message_id', 'removed_at'],
        ['id'],
        inputs.map((i) => [bytesOf(i.attachmentId)]),
      ),
    ),
  }),
  facts: (found) => found.files[0],
  decide({ attachmentId, uploaderId, description }, file, draft) {
    const own = file !== undefined && idOf(file.uploader_id) === uploaderId && file.purpose === 'message';
    if (!own || file.removed_at !== null) throw new Refusal('NOT_FOUND');
    if (file.message_id !== null) throw new Refusal('FILE_SENT');
    draft.update('attachment', { description }, { id: bytesOf(attachmentId), message_id: null });
  },
});
