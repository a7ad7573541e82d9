import { type KeptEntry, type OutboxStorage, type Shelf, uuidv7 } from '@koreromai/client';
import type { DraftStorage } from '../composer/drafts.tsx';
import { openChannel } from './channel.ts';
import type { Database } from './database.ts';
import { hasty, hastySent } from './hasty.ts';
import { turnOf } from './turn.ts';

/** `none`: this browser keeps nothing for us · `full`: it has no more room. */
export type Trouble = 'none' | 'full';

export interface Keeping {
  readonly shelf: Shelf;
  readonly outbox: OutboxStorage;
  readonly drafts: DraftStorage;
}

/** What outlives the page, in IndexedDB. Where there is none all of it rejects, and the page goes on from memory; `onTrouble` is called once. */
export function createKeeping(onTrouble: (what: Trouble) => void, writer: string = uuidv7(Date.now())): Keeping {
  let database: Promise<Database> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let told = false;
  const channel = openChannel('koreromai.outbox');

  const tell = (what: Trouble) => {
    if (!told) onTrouble(what);
    told = true;
  };
  const open = () => {
    database ??= import('./database.ts').then(({ openDatabase }) =>
      openDatabase(() => {
        database = null;
      }),
    );
    return database;
  };
  /** One after the other, in the order asked for: clearing must not be overtaken by what was written before. */
  function run<Answer>(work: (db: Database) => Promise<Answer>): Promise<Answer> {
    const done = last.then(open).then(work);
    last = done.catch((error: unknown) => tell(isFull(error) ? 'full' : 'none'));
    return done;
  }

  let written = false;
  const shelf: Shelf = {
    turn: turnOf('koreromai.shelf'),
    load: () =>
      run(async (db) => {
        const read = db.transaction(['head', 'chats']);
        const [kept, chats] = await Promise.all([read.objectStore('head').get('head'), read.objectStore('chats').getAll(), read.done]);
        return { head: kept?.head, chats };
      }),
    async put({ whole, head, chats, gone }) {
      const kept = await run(async (db) => {
        const change = db.transaction(['head', 'chats'], 'readwrite');
        const [heads, held] = [change.objectStore('head'), change.objectStore('chats')];
        const before = await heads.get('head');
        const cleared = !before && written;
        if (cleared || (!whole && before?.writer !== writer)) {
          await change.done;
          return cleared ? 'cleared' : 'overwritten';
        }
        await allOf(change, [
          ...(whole ? [() => held.clear()] : gone.map((id) => () => held.delete(id))),
          ...chats.map((chat) => () => held.put(chat)),
          () => heads.put({ writer, head }, 'head'),
        ]);
        written = true;
        return 'kept';
      });
      if (kept === 'overwritten') throw new Error('Another tab has written since: all of it has to be written again.');
      return kept === 'kept';
    },
    clear: () =>
      run(async (db) => {
        const change = db.transaction(['head', 'chats'], 'readwrite');
        await allOf(change, [() => change.objectStore('head').clear(), () => change.objectStore('chats').clear()]);
        written = false;
      }),
  };

  // The outbox and the drafts share their transactions: words that leave the draft for the outbox are first there, then not here.
  const outbox: OutboxStorage = {
    turn: turnOf('koreromai.outbox'),
    watch: channel.watch,
    load: () =>
      run(async (db) => {
        const change = db.transaction('outbox', 'readwrite');
        // Asked for inside the transaction: another tab takes its own away only when the database has it, and then it stands here.
        const kept = await change.store.getAll();
        const missing = hastySent.load().filter((one) => !kept.some(({ id }) => id === one.entry.id));
        await allOf(
          change,
          missing.map((one) => () => change.store.put({ ...one, id: one.entry.id })),
        );
        return [...kept, ...missing];
      }),
    put: async (kept, gone) => {
      hastySent.put(kept);
      hastySent.drop(gone);
      await run(async (db) => {
        const change = db.transaction(['outbox', 'drafts'], 'readwrite');
        const store = change.objectStore('outbox');
        const put = (one: KeptEntry) => store.put({ ...one, id: one.entry.id });
        await allOf(change, [...kept.map((one) => () => put(one)), ...gone.map((id) => () => store.delete(id))]);
      }).finally(() => hastySent.drop(kept.map((one) => one.entry.id)));
      channel.tell();
    },
    clear: async () => {
      hastySent.clear();
      await run((db) => db.clear('outbox'));
      channel.tell();
    },
  };

  const drafts: DraftStorage = {
    load: (userId) =>
      run(async (db) => {
        const all = await db.getAll('drafts');
        const foreign = all.filter((draft) => draft.userId !== userId);
        for (const { conversationId } of foreign) await db.delete('drafts', conversationId); // of who was signed in before
        const typed = hasty.load();
        if (typed && typed.userId !== userId) hasty.clear();
        const own = [...all, ...(typed ? [typed] : [])].filter((draft) => draft.userId === userId);
        return Object.fromEntries(own.map(({ conversationId, text }) => [conversationId, text]));
      }),
    put: async (userId, conversationId, text) => {
      const typed = { userId, conversationId, text };
      hasty.put(typed);
      await run(async (db) => {
        const change = db.transaction(['outbox', 'drafts'], 'readwrite');
        const store = change.objectStore('drafts');
        await allOf(change, [() => store.put(typed)]);
      });
      hasty.drop(typed);
    },
    drop: (userId, conversationId) =>
      run(async (db) => {
        if ((await db.get('drafts', conversationId))?.userId === userId) await db.delete('drafts', conversationId);
      }),
    clear: () => {
      hasty.clear();
      return run((db) => db.clear('drafts'));
    },
  };

  return { shelf, outbox, drafts };
}

const isFull = (error: unknown) => error instanceof DOMException && error.name === 'QuotaExceededError';

/** All of it or nothing: what throws before it is asked for does not end a transaction by itself. */
async function allOf(change: { abort(): void; done: Promise<void> }, steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  change.done.catch(() => undefined); // told below
  try {
    await Promise.all(steps.map(async (step) => step()));
  } catch (error) {
    try {
      change.abort();
    } catch {
      // it has ended already
    }
    throw error;
  }
  await change.done;
}
