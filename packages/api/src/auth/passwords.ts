import { availableParallelism } from 'node:os';
import { Refusal } from '@koreromai/contract';
import { Argon2id } from 'oslo/password';
import PQueue from 'p-queue';
import { createPasswordRules, type PasswordRules } from './rules.ts';

/** Hashes take 20 ms of a core and 19 MiB each: few at a time, and no endless line before the door. */
const maxWaiting = 200;

export interface Passwords extends PasswordRules {
  hash(password: string): Promise<string>;
  /** `hash` null (no such account) takes the same time and says no (A2). */
  verify(hash: string | null, password: string): Promise<boolean>;
  /** It was made with less memory or fewer rounds than now (A1). */
  outdated(hash: string): boolean;
}

/** What one hash costs. `memorySize` in KiB. */
export interface Hashing {
  readonly memorySize: number;
  readonly iterations: number;
}

/** A1: what every server asks for. */
export const hashing: Hashing = { memorySize: 19_456, iterations: 2 };

/** For tests that are not about passwords: half a millisecond. */
export const quickHashing: Hashing = { memorySize: 512, iterations: 1 };

/** Argon2id with p = 1, at most one in flight per two cores. Throws BUSY when too many wait. */
export async function createPasswords({ memorySize, iterations }: Hashing = hashing): Promise<Passwords> {
  const argon = new Argon2id({ memorySize, iterations, parallelism: 1 });
  const queue = new PQueue({ concurrency: Math.max(1, Math.floor(availableParallelism() / 2)) });
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (queue.size >= maxWaiting) throw new Refusal('BUSY', { retryAfter: 2 });
    return queue.add(work);
  };
  const nobody = await argon.hash('nobody has this password');
  return {
    ...createPasswordRules(),
    outdated(hash) {
      const [, m, t] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$/.exec(hash) ?? [];
      return !(Number(m) >= memorySize && Number(t) >= iterations);
    },
    hash: (password) => inTurn(() => argon.hash(exact(password))),
    verify: (hash, password) => inTurn(async () => (await argon.verify(hash ?? nobody, exact(password))) && hash !== null),
  };
}

/** The library normalises to NFKC, which would let two different passwords pass for one: the bytes go in as hex instead (A7). */
const exact = (password: string) => Buffer.from(password, 'utf8').toString('hex');
