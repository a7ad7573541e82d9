import type { Clock } from './clock.ts';
import { cut, type KeptChat, type KeptHead, keptVersion, type Room, type Shelf, shelfRoom, worthKeeping } from './shelf.ts';
import type { WritableStore } from './store.ts';

export interface ShelvingOptions {
  store: WritableStore;
  clock: Clock;
  shelf: Shelf;
  /** What the state alone does not say; null while it belongs to no place in the log. */
  underWay: () => Pick<KeptHead, 'unsure' | 'reads' | 'wishes' | 'drafts'> | null;
}

/** Keeps the state on its shelf: soon after each change, only what changed, the place in the log always with it. */
export interface Shelving {
  /** Writes now: the page is going away. */
  now(): Promise<void>;
  close(): void;
}

const after = 400;
/** So often it is tried with less before nothing is kept any more. */
const tries = 3;

export function createShelving({ store, clock, shelf, underWay }: ShelvingOptions): Shelving {
  let saved: Map<string, KeptChat> | null = null; // null: the next write is of everything
  let room: Room = shelfRoom;
  let left = tries;
  let turns = 0;
  let mine = shelf.turn === undefined;
  let cancel: (() => void) | null = null;
  let writing: Promise<void> | null = null;

  const leave = shelf.turn?.wait((turn) => {
    mine = turn;
    turns += 1;
    saved = null;
    if (turn) soon();
  });
  const end = store.subscribe(soon);

  function soon(): void {
    if (mine && left > 0) cancel ??= clock.after(after, () => void now());
  }

  function now(): Promise<void> {
    cancel?.();
    cancel = null;
    writing ??= write().finally(() => {
      writing = null;
    });
    return writing;
  }

  async function write(): Promise<void> {
    const state = store.get();
    const more = underWay();
    const { me, sessionId, cursor, userSeq, moreConversations } = state;
    if (!mine || left === 0 || !more || !me || sessionId === null || cursor === null) return;
    const chats = worthKeeping(state, room);
    const before = saved ?? new Map<string, KeptChat>();
    const changed = chats.filter(({ id, conversation, timeline }) => {
      const old = before.get(id);
      return old?.conversation !== conversation || old.timeline !== timeline;
    });
    const next = new Map(chats.map((chat) => [chat.id, chat]));
    const gone = [...before.keys()].filter((id) => !next.has(id));
    const followed = Object.values(state.conversations).filter((held) => held.myRole !== null).length;
    const head: KeptHead = {
      ...{ version: keptVersion, me, sessionId, cursor, userSeq, moreConversations },
      continues: chats.length === followed,
      ...more,
    };
    const whole = saved === null;
    const mineSince = turns;
    const bounded = changed.map((chat) => ({ ...chat, timeline: chat.timeline && cut(chat.timeline, room.messages) }));
    try {
      const kept = await shelf.put({ whole, head, chats: bounded, gone });
      if (!kept) left = 0;
      if (turns === mineSince) saved = next;
    } catch {
      // No room: less of it may fit. What is held in memory is whole all the same.
      left -= 1;
      saved = null;
      room = { ...room, timelines: Math.floor(room.timelines / 4), messages: Math.floor(room.messages / 2) };
      soon();
    }
    if (store.get() !== state) soon();
  }

  soon();
  return {
    now,
    close() {
      end();
      leave?.();
      cancel?.();
      mine = false;
    },
  };
}
