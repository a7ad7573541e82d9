import { finishMove, type Moved, type Moving, PlaceUnfit } from '@koreromai/db';
import { z } from 'zod';
import type { Settings } from '../env/env.ts';
import type { Running } from '../server.ts';

const counted = z.array(z.strictObject({ table: z.string(), rows: z.int(), sum: z.string() }));

/** What the command line asks of the server that has the file, once only a little is left to carry over. */
export const handOverWish = z.strictObject({ to: z.string().max(2_000), watch: z.string().max(40), counted });
export type HandOverWish = Moving & { readonly to: string };

/** What it answers, as JSON. */
export const handedOver = z.object({ frozen: z.number(), last: z.number(), here: counted, there: counted });

export type HandOver = (wish: HandOverWish) => Promise<string>;

/** A process's server, which may be closed and another one opened in its place. */
export interface Seat {
  settings: Settings;
  running: Running;
  readonly open: (settings: Settings) => Promise<Running>;
  /** Without a server the process has nothing to do: it ends, and the next start decides by what the file says. */
  readonly end: (error: unknown) => never;
}

/**
 * Closes the server, so that nobody writes and nothing is half done; ends the move; and serves again: from the new database, or, when that
 * could not be, from the file as if nothing had been. Clients come back by themselves. Rejects with why it was not moved.
 */
export async function handOver(seat: Seat, { to, ...moving }: HandOverWish): Promise<string> {
  if (!seat.settings.databaseUrl.startsWith('sqlite:'))
    throw new PlaceUnfit('The server has no SQLite file any more: it was moved already.');
  const path = seat.settings.databaseUrl.slice('sqlite:'.length);
  await seat.running.rest(); // a mail on the wire may take its time while people still talk
  const from = performance.now();
  await seat.running.close();
  let moved: Moved | null = null;
  let why: unknown;
  try {
    moved = await finishMove(path, to, moving);
    seat.settings = { ...seat.settings, databaseUrl: to };
  } catch (error) {
    why = error;
  }
  seat.running = await seat.open(seat.settings).catch(seat.end);
  if (moved === null) throw why;
  return JSON.stringify({ frozen: Math.round(performance.now() - from), ...moved });
}
