import { dueMail, idOf, newId, type Reader } from '@koreromai/db';
import type { Lane } from '@koreromai/realtime';
import type { Compose } from './compose.ts';
import { gateLeft, gateTaken, pauseAfter } from './gate.ts';
import type { Letter, Transport } from './transports/transport.ts';

/** Milliseconds before the second to the sixth try; after that the mail is given up. */
export const retryAfter = [30_000, 120_000, 480_000, 1_800_000, 7_200_000] as const;

/** Longer than the longest send, so that a gate taken over is never still in use. */
const leaseFor = 60_000;
const sendWithin = 30_000;
/** Milliseconds between looks while somebody else is sending. */
const busy = 100;

export interface SenderOptions {
  readonly read: Reader;
  readonly lane: Pick<Lane, 'change'>;
  readonly compose: Compose;
  readonly transport: Transport;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The one clock by which all processes read the gate. */
  readonly gateClock: () => Promise<number>;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds between looks while nothing is due. */
  readonly every?: number;
}

/** One worker: sends the mail that has waited longest, when the gate is open. */
export function createSender(options: SenderOptions) {
  const { read, lane, now, gateClock, every = 1_000 } = options;
  const holder = newId();

  /** Does at most one mail. Gives the milliseconds until it is worth looking again. */
  async function next(ending: AbortSignal): Promise<number> {
    const mail = await dueMail(read, now());
    if (!mail) return every;
    const mailId = idOf(mail.id);
    const taken = await lane.change(gateTaken, { holder, mailId, at: await gateClock(), leaseFor });
    if (!taken.go) return taken.wait > pauseAfter ? busy : taken.wait;
    if (taken.attempt > retryAfter.length + 1) {
      await lane.change(gateLeft, {
        holder,
        mailId,
        opensAt: null,
        state: 'dead',
        why: mail.last_error ?? 'Every process that tried died.',
      });
      return 0;
    }
    const composed = await options.compose(mail).catch((error: unknown) => ({ failed: error }));
    if ('cancelled' in composed) {
      await lane.change(gateLeft, { holder, mailId, opensAt: null, state: 'cancelled', why: composed.cancelled });
      return 0;
    }
    const error = 'failed' in composed ? composed.failed : await send(composed, ending);
    const opensAt = (await gateClock()) + pauseAfter;
    if (error === null) await lane.change(gateLeft, { holder, mailId, opensAt, state: 'sent', why: null });
    else {
      options.onFault(error);
      const wait = retryAfter[taken.attempt - 1];
      const why = String(error instanceof Error ? error.message : error).slice(0, 500);
      const fate = wait === undefined ? ({ state: 'dead' } as const) : ({ state: 'queued', runAfter: now() + wait } as const);
      await lane.change(gateLeft, { holder, mailId, opensAt, why, ...fate });
    }
    return 0;
  }

  async function send(letter: Letter, ending: AbortSignal): Promise<unknown> {
    try {
      await options.transport.send(letter, AbortSignal.any([ending, AbortSignal.timeout(sendWithin)]));
      return null;
    } catch (error) {
      return error ?? new Error('Nobody took it.');
    }
  }

  return { next };
}
