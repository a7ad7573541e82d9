import { createHmac, randomUUID } from 'node:crypto';
import { limits } from '@koreromai/contract';
import type { Redis } from 'ioredis';
import { type Bus, createLocalBus } from '../bus.ts';
import { createAges } from './ages.ts';
import { createPost, type Envelope, type Letter } from './envelope.ts';
import { openLine } from './line.ts';

export interface RedisBusOptions {
  readonly url: string;
  /** The database's: processes with another one hear nothing of each other, though they share the Redis. */
  readonly secret: Buffer;
  readonly onFault: (error: unknown) => void;
}

export interface RedisBus extends Bus {
  /** For single commands: rejects at once while Redis is away. */
  readonly commands: Redis;
  /** Before the name of every key that is kept in Redis. */
  readonly prefix: string;
  /** A name for something that nobody is to read in Redis: the same in every process of this instance. */
  disguise(text: string): string;
  /** Whether Redis carries what is said, as far as this process knows. */
  readonly up: boolean;
  /** Called when it does, and each time it does again: what was said meanwhile was missed. */
  onUp(listener: () => void): () => void;
}

/** Letters on their way to Redis; beyond it a bell waits for the last of them, and whatever else is said is lost. */
const mostUnderWay = 256;

/** A bus over Redis or Valkey. The listeners of this process hear what is said here at once, whether Redis is there or not. */
export function createRedisBus({ url, secret, onFault }: RedisBusOptions): RedisBus {
  const node = randomUUID();
  const here = createLocalBus(onFault);
  const post = createPost(secret);
  const ageOf = createAges();
  const prefix = `koreromai:${createHmac('sha256', secret).update('name in redis').digest('base64url').slice(0, 22)}`;
  let underWay = 0;
  let owed: number | null = null;
  let closed = false;
  const line = openLine({ url, channel: `${prefix}:bus`, onFault, onMessage: hear, beat: () => send({ kind: 'beat' }) });

  function send(letter: Letter): void {
    if (closed || line.commands.status !== 'ready') return;
    if (underWay >= mostUnderWay) {
      if (letter.kind === 'bell') owed = letter.pos;
      return;
    }
    underWay++;
    line
      .publish(post.write({ node, at: performance.now(), letter }))
      .catch(() => {}) // the line tells of it; the log has it
      .finally(() => {
        underWay--;
        if (owed === null) return;
        const pos = owed;
        owed = null;
        send({ kind: 'bell', pos });
      });
  }

  function hear(text: string): void {
    try {
      const envelope = post.read(text);
      if (envelope === null || closed) return;
      if (envelope.node === node) line.heardMyself();
      else deliver(envelope);
    } catch (error) {
      onFault(error);
    }
  }

  function deliver({ node, at, letter }: Envelope): void {
    const fresh = ageOf(node, at) < limits.typing.shownFor; // what passes is over by then; a bell never is
    if (letter.kind === 'bell') here.ring({ pos: letter.pos });
    if (letter.kind === 'whisper' && fresh) here.whisper(letter.whisper);
    if (letter.kind === 'roll' && fresh) here.call(letter.roll);
  }

  return {
    commands: line.commands,
    prefix,
    disguise: (text) => createHmac('sha256', secret).update(`in redis ${text}`).digest('base64url').slice(0, 22),
    get up() {
      return line.up;
    },
    onUp: line.onUp,
    ring(bell) {
      here.ring(bell);
      send({ kind: 'bell', pos: bell.pos });
    },
    listen: here.listen,
    whisper(whisper, reach = 'everywhere') {
      here.whisper(whisper);
      if (reach === 'everywhere') send({ kind: 'whisper', whisper });
    },
    overhear: here.overhear,
    call(roll) {
      here.call(roll);
      send({ kind: 'roll', roll });
    },
    answer: here.answer,
    async close() {
      if (closed) return;
      closed = true;
      await line.close();
      await here.close();
    },
  };
}
