import type { KeptChat, KeptEntry, KeptHead } from '@koreromai/client';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** One account at a time lies here; each of its parts says whose it is. */
interface Kept extends DBSchema {
  /** One record: where the held state stands in the log, and which tab wrote it. */
  head: { key: 'head'; value: { writer: string; head: KeptHead } };
  chats: { key: string; value: KeptChat };
  outbox: { key: string; value: KeptEntry & { id: string } };
  drafts: { key: string; value: { conversationId: string; userId: string; text: string } };
}
export type Database = IDBPDatabase<Kept>;

const NAME = 'koreromai';
/** Of the stores and their keys. What lies in the head and the chats has a version of its own, and is fetched again when that is old. */
const VERSION = 1;
const PATIENCE = 1_500;

/** Opens the database, or rejects when the browser has none for us, e.g. where its settings forbid it. */
export async function openDatabase(onGone: () => void): Promise<Database> {
  const database = openDB<Kept>(NAME, VERSION, {
    upgrade(fresh, from) {
      if (from >= 1) return;
      fresh.createObjectStore('head');
      fresh.createObjectStore('chats', { keyPath: 'id' });
      fresh.createObjectStore('outbox', { keyPath: 'id' });
      fresh.createObjectStore('drafts', { keyPath: 'conversationId' });
    },
    // A tab with a newer page wants to change the stores: it must not wait for this one.
    blocking(_from, _to, event) {
      if (event.target instanceof IDBDatabase) event.target.close();
      onGone();
    },
    terminated: onGone,
  });
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('The database did not open in time.')), PATIENCE));
  return Promise.race([database, late]);
}
