import { type Live, type LogEvent, movesNobody } from '@koreromai/realtime';

/** Of somebody's place in a chat, what never changes while they are in it. */
export interface Standpoint {
  readonly kind: 'direct' | 'group';
  /** The other one of a direct chat. */
  readonly peerId: string | null;
}

/**
 * Who was found in which chat, so that their next post need not ask the database before it queues. Good for that alone: it may be one bell
 * old, and whether they may post is decided under the chat's lock.
 */
export interface Standpoints {
  of(userId: string, conversationId: string): Standpoint | undefined;
  /** Keeps what was read since `since`, unless something happened to a chat meanwhile. */
  keep(userId: string, conversationId: string, standpoint: Standpoint, since: number): void;
  /** Grows whenever something is forgotten. */
  readonly turn: number;
}

/** Chats that are kept at once; then it begins anew. */
const most = 10_000;

export function createStandpoints(live: Pick<Live, 'follow'>): Standpoints {
  const chats = new Map<string, Map<string, Standpoint>>();
  let turn = 0;
  live.follow((event: LogEvent) => {
    if (movesNobody(event)) return;
    turn++;
    chats.delete(event.stream);
  });
  return {
    of: (userId, conversationId) => chats.get(conversationId)?.get(userId),
    keep(userId, conversationId, standpoint, since) {
      if (turn !== since) return;
      if (chats.size >= most) chats.clear();
      const inside = chats.get(conversationId);
      if (inside) inside.set(userId, standpoint);
      else chats.set(conversationId, new Map([[userId, standpoint]]));
    },
    get turn() {
      return turn;
    },
  };
}
