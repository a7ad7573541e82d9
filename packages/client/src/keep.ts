import { attachment, quote } from '@koreromai/contract';
import type { OutboxEntry, State } from './state.ts';
import type { WritableStore } from './store.ts';

/** Keeps unsent messages through a restart. Whatever `load` gives is checked before it is believed. */
export interface OutboxStorage {
  load(): Promise<unknown>;
  /** `null`: forget. */
  save(kept: KeptOutbox | null): Promise<void>;
}

/** Bound to its author, so that nobody who signs in later sends another person's words. */
export interface KeptOutbox {
  readonly userId: string;
  readonly entries: readonly OutboxEntry[];
}

/** Brings back what `userId` had not sent yet, behind a restart: all of it queued, what was refused still refused. */
export async function recall(storage: OutboxStorage, userId: string): Promise<OutboxEntry[]> {
  const kept = await storage.load().catch(() => null); // unreadable storage costs the drafts, not the client
  if (!isRecord(kept) || kept.userId !== userId || !Array.isArray(kept.entries)) return [];
  return kept.entries.filter(isEntry).map((entry) => (entry.status === 'failed' ? entry : { ...entry, status: 'queued' }));
}

/** Saves the outbox whenever it has changed; one save at a time, the last state wins. */
export function keepOutbox(store: WritableStore, storage: OutboxStorage): void {
  let saved: State['outbox'] | null = null;
  let saving = false;
  const save = async () => {
    if (saving) return;
    saving = true;
    for (let { me, outbox } = store.get(); me && outbox !== saved; { me, outbox } = store.get()) {
      saved = outbox;
      await storage.save({ userId: me.id, entries: outbox }).catch(() => {}); // full or forbidden: it is still in memory
    }
    saving = false;
  };
  store.subscribe(() => void save());
  void save();
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function isEntry(value: unknown): value is OutboxEntry {
  if (!isRecord(value)) return false;
  const words = ['id', 'conversationId', 'text', 'createdAt'].every((key) => typeof value[key] === 'string');
  const { replyToId, replyTo, attachments } = value;
  const answers = replyToId === undefined || (typeof replyToId === 'string' && quote.safeParse(replyTo).success);
  const files = attachments === undefined || attachment.array().safeParse(attachments).success;
  return words && answers && files && ['sending', 'queued', 'failed'].some((status) => status === value.status);
}
