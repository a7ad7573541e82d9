import type { Frame } from '@koreromai/contract';

/** What a client calls its subscription by: on nearly every connection the same small number. */
export type RequestId = number | string;

/** Where one connection's frames go. */
export interface Outlet {
  /** Takes a whole WebSocket frame. What is written in one turn of the event loop leaves together, in order. */
  write(frame: Buffer): void;
  /** Null while it can take more; else resolves when what waits has left or the connection is gone. */
  drained(): Promise<void> | null;
}

/** A frame and the pos that a subscriber who has it resumes from. Its bytes are made once for each request id, however many are told. */
export class Placed {
  readonly pos: number;
  readonly frame: Frame;
  #rest: Buffer | null = null;
  #bytes: Map<RequestId, Buffer> | null = null;

  constructor(pos: number, frame: Frame) {
    this.pos = pos;
    this.frame = frame;
  }

  /** As tRPC would answer the subscription `id`, in a WebSocket frame. */
  bytesFor(id: RequestId, seal: (pos: number) => string): Buffer {
    this.#bytes ??= new Map();
    const known = this.#bytes.get(id);
    if (known) return known;
    this.#rest ??= restOf(seal(this.pos), this.frame);
    const bytes = framed(`{"id":${JSON.stringify(id)}`, this.#rest);
    this.#bytes.set(id, bytes);
    return bytes;
  }
}

/** Every frame carries a place: the client forgets its own when one comes without. */
function restOf(place: string, frame: Frame): Buffer {
  return Buffer.from(`,"result":{"type":"data","id":"${place}","data":{"id":"${place}","data":${JSON.stringify(frame)}}}}`);
}

/** A text in a WebSocket frame as servers send it: whole, unmasked, not compressed. */
export const textFrame = (text: string): Buffer => framed(text, nothing);

const nothing = Buffer.alloc(0);

function framed(start: string, rest: Buffer): Buffer {
  const startSize = Buffer.byteLength(start);
  const size = startSize + rest.length;
  const head = size < 126 ? 2 : size < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + size);
  frame[0] = 0x81;
  frame[1] = head === 2 ? size : head === 4 ? 126 : 127;
  if (head === 4) frame.writeUInt16BE(size, 2);
  if (head === 10) frame.writeBigUInt64BE(BigInt(size), 2);
  frame.write(start, head);
  rest.copy(frame, head + startSize);
  return frame;
}
