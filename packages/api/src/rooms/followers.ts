import { bytesOf, countedRooms, type Db, idOf, lookup } from '@koreromai/db';
import { changeKind, type Draft, type Lane } from '@koreromai/realtime';

/** Moves the number that a room is shown with: in the change, and so in the transaction, that opens or ends a stay there. */
export const followersMoved = (draft: Draft, roomId: string, by: 1 | -1): void =>
  draft.insert('room_count', { conversation_id: bytesOf(roomId), followers: by }, { add: ['followers'] });

/** Counts a room's followers anew, under the lock of whoever joins or leaves it. */
export const followersCounted = changeKind<{ roomId: string }, void>()({
  name: 'followers.counted',
  alone: true,
  streams: (input) => [input.roomId],
  lookups: (inputs) => ({
    stays: lookup(
      'span',
      ['user_id'],
      ['conversation_id', 'open'],
      inputs.map((i) => [bytesOf(i.roomId), 1]),
    ),
  }),
  facts: (found) => found.stays.length,
  decide: ({ roomId }, followers, draft) =>
    draft.insert('room_count', { conversation_id: bytesOf(roomId), followers }, { set: ['followers'] }),
});

export interface Recount {
  /** Resolves when each open room's number was held against its stays; gives how many were put right. */
  now(): Promise<number>;
  /** Ends behind the room under way. */
  close(): Promise<void>;
}

interface Options {
  readonly db: Pick<Db, 'side' | 'claim'>;
  readonly lane: Lane;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds between rounds. */
  readonly every: number;
}

const atOnce = 100;

/**
 * Puts right what an older process, which knows of no such number, left of it while both ran: during an upgrade, or between one that was
 * taken back and the next. Nobody waits for a count: rooms are read beside, and only one that is wrong is counted under its lock.
 */
export function createRecount({ db, lane, onFault, every }: Options): Recount {
  let working: Promise<number> | null = null;
  let closed = false;

  async function round(): Promise<number> {
    const claim = await db.claim('followers');
    if (claim === null) return 0; // another process is at it
    let mended = 0;
    try {
      for (let after: string | null = null; !closed; ) {
        const rooms = await countedRooms(db.side, after, atOnce);
        for (const { id, followers, stays } of rooms) {
          if (Number(followers) === Number(stays)) continue;
          if (closed) break;
          await lane.change(followersCounted, { roomId: idOf(id) });
          mended++;
        }
        if (rooms.length < atOnce) break;
        after = rooms.at(-1)?.name_key ?? null;
      }
    } finally {
      await claim.release();
    }
    return mended;
  }
  const start = () => {
    working ??= round().finally(() => {
      working = null;
    });
    return working;
  };
  const timer = setInterval(() => void start().catch(onFault), every).unref(); // the database is away: the next round tries again

  return {
    now: start,
    async close() {
      closed = true;
      clearInterval(timer);
      await working?.catch(() => {}); // told by its timer
    },
  };
}
