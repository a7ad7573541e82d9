import { createHmac, timingSafeEqual } from 'node:crypto';
import { limits, passingFrame } from '@koreromai/contract';
import type { Roll, Whisper } from '../bus.ts';

/** What goes from process to process. */
export type Letter =
  | { readonly kind: 'beat' }
  | { readonly kind: 'bell'; readonly pos: number }
  | { readonly kind: 'whisper'; readonly whisper: Whisper }
  | { readonly kind: 'roll'; readonly roll: Roll };

export interface Envelope {
  /** The process that sent it. */
  readonly node: string;
  /** Milliseconds on a clock of the sender's own, that never jumps. */
  readonly at: number;
  readonly letter: Letter;
}

const longest = 131_072;
const marks = 22; // 128 bits in base64url

/**
 * Writes and reads letters under a key that only this instance's processes have (it comes from the database). Whoever else can write to the
 * Redis can ring no bell and put no words in anybody's mouth (K7).
 */
export function createPost(secret: Buffer) {
  const key = createHmac('sha256', secret).update('letters between processes').digest();
  const markOf = (body: string) => createHmac('sha256', key).update(body).digest('base64url').slice(0, marks);

  return {
    write(envelope: Envelope): string {
      const body = JSON.stringify(envelope);
      return markOf(body) + body;
    },
    /** Null for what is no letter of ours. */
    read(text: string): Envelope | null {
      if (text.length <= marks || text.length > longest) return null;
      const body = text.slice(marks);
      const mark = Buffer.from(text.slice(0, marks));
      const right = Buffer.from(markOf(body));
      if (mark.length !== right.length || !timingSafeEqual(mark, right)) return null;
      return envelopeOf(JSON.parse(body)); // we wrote it, or a process of another version did
    },
  };
}

function envelopeOf(value: unknown): Envelope | null {
  if (!isRecord(value) || typeof value.node !== 'string' || typeof value.at !== 'number') return null;
  const letter = letterOf(value.letter);
  return letter && { node: value.node, at: value.at, letter };
}

/** Takes what it knows and nothing beside: a bell has a place in the log and no events. */
function letterOf(value: unknown): Letter | null {
  if (!isRecord(value)) return null;
  const { kind, pos, whisper, roll } = value;
  if (kind === 'beat') return { kind };
  if (kind === 'bell') return typeof pos === 'number' && Number.isSafeInteger(pos) && pos >= 0 ? { kind, pos } : null;
  if (kind === 'whisper' && isRecord(whisper)) {
    const frame = passingFrame.safeParse(whisper.frame);
    const { streams, except } = whisper;
    return frame.success && areIds(streams) && areIds(except) ? { kind, whisper: { frame: frame.data, streams, except } } : null;
  }
  if (kind === 'roll' && isRecord(roll)) {
    const { node, here, gone, asks } = roll;
    return typeof node === 'string' && areIds(here) && areIds(gone) ? { kind, roll: { node, here, gone, asks: asks === true } } : null;
  }
  return null;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const areIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= limits.presence.told + 1 && value.every((id) => typeof id === 'string' && id.length <= 36);
