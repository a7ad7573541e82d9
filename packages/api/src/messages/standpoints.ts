import { everyoneIn, type Reader } from '@koreromai/db';
import { type Live, type LogEvent, movesNobody } from '@koreromai/realtime';

/** Of somebody's place in a chat, what never changes while they are in it. */
export interface Standpoint {
  readonly kind: 'direct' | 'group';
  /** The other one of a direct chat. */
  readonly peerId: string | null;
}

/**
 * Who was found in which chat, so that the next post there need not ask the database before it queues. Good for that alone: it may be one bell
 * old, and whether they may post is decided under the chat's lock.
 */
export interface Standpoints {
  of(userId: string, conversationId: string): Standpoint | undefined;
  /** Keeps who was read to be in a chat since `since`, unless something happened to a chat meanwhile. */
  keep(conversationId: string, inside: ReadonlyMap<string, Standpoint>, since: number): void;
  /** Grows whenever something is forgotten. */
  readonly turn: number;
}

const inGroup: Standpoint = { kind: 'group', peerId: null };

/** How everybody stands who is in a chat with `userId` now: who speaks after the first one is one of them. */
export async function standpointsIn(read: Reader, userId: string, conversationId: string, peerId: string | null) {
  if (peerId === null) return new Map((await everyoneIn(read, conversationId)).map((member) => [member, inGroup]));
  const beside = (other: string): Standpoint => ({ kind: 'direct', peerId: other });
  return new Map([
    [userId, beside(peerId)],
    [peerId, beside(userId)],
  ]);
}

/** Chats that are kept at once; then it begins anew. */
const most = 10_000;

export function createStandpoints(live: Pick<Live, 'follow'>): Standpoints {
  const chats = new Map<string, ReadonlyMap<string, Standpoint>>();
  let turn = 0;
  live.follow((event: LogEvent) => {
    if (movesNobody(event)) return;
    turn++;
    chats.delete(event.stream);
  });
  return {
    of: (userId, conversationId) => chats.get(conversationId)?.get(userId),
    keep(conversationId, inside, since) {
      if (turn !== since) return;
      if (chats.size >= most) chats.clear();
      chats.set(conversationId, inside);
    },
    get turn() {
      return turn;
    },
  };
}
