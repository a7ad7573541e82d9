import { limits, Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup, storeId } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { queueJob } from '../jobs/changes.ts';

export interface NewFile {
  readonly id: string;
  readonly uploaderId: string;
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly description: string | null;
  readonly thumbnail: { readonly width: number; readonly height: number; readonly size: number } | null;
}

const bytesIn = (file: NewFile) => file.size + (file.thumbnail?.size ?? 0);
const useOf = (owners: readonly string[]) =>
  lookup(
    'storage_use',
    ['owner_id', 'bytes'],
    ['owner_id'],
    [...new Set([storeId, ...owners])].map((owner) => [bytesOf(owner)]),
  );
const usedBy = (rows: readonly { owner_id: Buffer; bytes: number }[]) => new Map(rows.map((r) => [idOf(r.owner_id), Number(r.bytes)]));

/** Counts the file's bytes for its owner and for the instance, or refuses. Changes of one batch count on. */
function charge(draft: Draft, used: Map<string, number>, file: NewFile): void {
  const bytes = bytesIn(file);
  const [own, all] = [(used.get(file.uploaderId) ?? 0) + bytes, (used.get(storeId) ?? 0) + bytes];
  if (own > limits.media.userQuota) throw new Refusal('QUOTA_EXCEEDED');
  if (all > limits.media.serverQuota) throw new Refusal('STORAGE_FULL');
  used.set(file.uploaderId, own).set(storeId, all);
  for (const owner of [file.uploaderId, storeId]) draft.insert('storage_use', { owner_id: bytesOf(owner), bytes }, { add: ['bytes'] });
}

function keep(draft: Draft, file: NewFile, purpose: 'message' | 'avatar'): void {
  const { thumbnail } = file;
  draft.insert('attachment', {
    id: bytesOf(file.id),
    uploader_id: bytesOf(file.uploaderId),
    purpose,
    type: file.type,
    name: file.name,
    size: file.size,
    width: file.width,
    height: file.height,
    thumbnail_width: thumbnail?.width ?? null,
    thumbnail_height: thumbnail?.height ?? null,
    thumbnail_size: thumbnail?.size ?? null,
    description: file.description,
    created_at: draft.now,
  });
}

/** The row of a file whose bytes are stored already: whoever finds the row finds the bytes. Gives when it was made. */
export const fileKept = changeKind<NewFile, { createdAt: number }>()({
  name: 'file.kept',
  alone: false,
  streams: (input) => [storeId, input.uploaderId],
  lookups: (inputs) => ({
    used: useOf(inputs.map((i) => i.uploaderId)),
    repeats: lookup(
      'attachment',
      ['id', 'created_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.id)]),
    ),
  }),
  facts: (found) => ({ used: usedBy(found.used), repeats: new Map(found.repeats.map((r) => [idOf(r.id), Number(r.created_at)])) }),
  decide(input, facts, draft) {
    const before = facts.repeats.get(input.id);
    if (before !== undefined) return { createdAt: before }; // a rerun after a lost answer
    charge(draft, facts.used, input);
    keep(draft, input, 'message');
    return { createdAt: draft.now };
  },
});

/** A person's picture, or none. The one before is to be removed; all are told as of a new name (`jobId`: of the job that does it). */
export const avatarSet = changeKind<{ userId: string; file: NewFile | null; jobId: string }, void>()({
  name: 'avatar.set',
  alone: false,
  streams: (input) => [storeId, input.userId],
  lookups: (inputs) => ({
    used: useOf(inputs.map((i) => i.userId)),
    people: lookup(
      'user',
      ['id', 'avatar_id', 'deleted_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.userId)]),
    ),
  }),
  facts: (found) => ({
    used: usedBy(found.used),
    avatars: new Map(found.people.filter((p) => p.deleted_at === null).map((p) => [idOf(p.id), p.avatar_id && idOf(p.avatar_id)])),
  }),
  decide({ userId, file, jobId }, { used, avatars }, draft) {
    const before = avatars.get(userId);
    if (before === undefined) throw new Refusal('UNAUTHENTICATED'); // deleted meanwhile
    if (before === (file?.id ?? null)) return;
    if (file) {
      charge(draft, used, file);
      keep(draft, file, 'avatar');
    }
    draft.update('user', { avatar_id: file && bytesOf(file.id) }, { id: bytesOf(userId) });
    if (before !== null) draft.update('attachment', { removed_at: draft.now }, { id: bytesOf(before) });
    draft.event({ stream: userId, type: 'me.changed', actor: userId });
    queueJob(draft, { id: jobId, kind: 'profile.tell', subject: userId });
    avatars.set(userId, file?.id ?? null);
  },
});

/** Uploads that nobody sent. One that is sent at this very moment stays. */
export const unsentRemoved = changeKind<{ ids: readonly string[] }, void>()({
  name: 'files.unsent',
  alone: false,
  streams: () => [storeId],
  lookups: () => ({}),
  facts: () => null,
  decide({ ids }, _facts, draft) {
    for (const id of ids) draft.update('attachment', { removed_at: draft.now }, { id: bytesOf(id), message_id: null, removed_at: null });
  },
});

/** Their bytes are gone: the rows go, and their owners have the room again. */
export const filesPurged = changeKind<{ ids: readonly string[] }, void>()({
  name: 'files.purged',
  alone: true,
  streams: () => [storeId],
  lookups: (inputs) => ({
    rows: lookup(
      'attachment',
      ['id', 'uploader_id', 'size', 'thumbnail_size', 'removed_at'],
      ['id'],
      inputs.flatMap((i) => i.ids.map((id) => [bytesOf(id)])),
    ),
  }),
  facts: (found) => found.rows.filter((r) => r.removed_at !== null),
  decide(_input, rows, draft) {
    for (const row of rows) {
      const bytes = -(Number(row.size) + (row.thumbnail_size ?? 0));
      draft.delete('attachment', { id: row.id });
      for (const owner of [row.uploader_id, bytesOf(storeId)]) draft.insert('storage_use', { owner_id: owner, bytes }, { add: ['bytes'] });
    }
  },
});
