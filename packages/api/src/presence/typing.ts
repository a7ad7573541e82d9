import { limits } from '@koreromai/contract';
import { blockedAround, othersIn } from '@koreromai/db';
import type { Services } from '../services.ts';
import { isoOf } from '../users/view.ts';

/** L6: lets one of anything through per `every` milliseconds, and remembers nothing for longer. */
export function createPace(now: () => number, every: number): (key: string) => boolean {
  const last = new Map<string, number>(); // oldest first
  return (key) => {
    const at = now();
    for (const [old, then] of last) {
      if (then > at - every) break;
      last.delete(old);
    }
    if (last.has(key)) return false;
    last.set(key, at);
    return true;
  };
}

interface Typist {
  readonly userId: string;
  readonly conversationId: string;
  readonly room: boolean;
}

/** D9: tells the others who are there now, never across a block. In rooms nobody is told of somebody with more blocks than can be looked through. */
export async function tellTyping({ read, bus, now }: Services, { userId, conversationId, room }: Typist): Promise<void> {
  const frame = { type: 'typing', stream: conversationId, userId, at: isoOf(now()) } as const;
  if (!room) {
    const others = await othersIn(read, userId, conversationId);
    return bus.whisper({ frame, streams: others, except: [] });
  }
  const most = limits.presence.told;
  const blocked = await blockedAround(read, userId, most + 1);
  if (blocked.length <= most) bus.whisper({ frame, streams: [conversationId], except: [userId, ...blocked] });
}
