import type { Frame } from '@koreromai/contract';
import type { RequestId } from '@koreromai/realtime';
import type { Encoder } from '@trpc/server/adapters/ws';

/** A frame that brings back what the client calls its subscription by: tRPC encodes it for that client before it asks for the next. */
export class Handover {
  #requestId: RequestId | undefined;

  constructor(frame: Frame) {
    Object.assign(this, frame);
  }

  /** Undefined until it was encoded for a socket, and where there is none. */
  get requestId(): RequestId | undefined {
    return this.#requestId;
  }

  static seen(message: unknown): void {
    const { id, result } = message as { id?: RequestId; result?: { data?: { data?: unknown } } };
    const told = result?.data?.data;
    if (told instanceof Handover) told.#requestId = id;
  }
}

/** JSON as ever. It notes handovers that pass, and refuses ids that would make every frame of a subscription long or ambiguous. */
export const handoverEncoder: Encoder = {
  encode(message) {
    Handover.seen(message);
    return JSON.stringify(message);
  },
  decode(data) {
    if (typeof data !== 'string') throw new Error('Frames are text.');
    const message: unknown = JSON.parse(data);
    for (const call of Array.isArray(message) ? message : [message])
      if (!isShortId((call as { id?: unknown } | null)?.id)) throw new Error('An id is a safe integer or a short string.');
    return message;
  },
};

const longestId = 64;

/** Whether a call may be named so: anything else would make every frame long, or ambiguous. */
export function isShortId(id: unknown): boolean {
  if (typeof id === 'string') return id.length <= longestId;
  return id === undefined || id === null || Number.isSafeInteger(id);
}
