import { readFile, rename, writeFile } from 'node:fs/promises';
import { createSeal } from '@koreromai/api';
import { bytesOf, idOf, openReading, type Reader } from '@koreromai/db';
import { createLog, type LogEvent } from '@koreromai/realtime';

/** The log cannot be followed as it was asked: why, in one sentence. */
export class TailRefused extends Error {
  override readonly name = 'TailRefused';
}

export interface TailOptions {
  /** A line's `place`: what lies beyond it. Without one, and without a state, everything from the beginning. */
  readonly after?: string | undefined;
  /** A file that keeps the place of the last line that was taken. */
  readonly state?: string | undefined;
  /** Ends at the end of the log instead of waiting for more. */
  readonly once?: boolean | undefined;
  /** Also what the messages say, as it stands when the line is written. */
  readonly texts?: boolean | undefined;
}

const batch = 500;
/** Milliseconds between looks at the log's end. */
const every = 300;

/**
 * Gives `take` every event of the whole log, in order, as lines of JSON; reads the database itself, whether the server runs or not. With a state
 * it goes on where it was, whatever was killed: the lines of one batch may then come twice, and none is left out.
 * Throws TailRefused, NothingThere, DatabaseUnusable and the driver's errors.
 */
export async function tail(databaseUrl: string, options: TailOptions, take: (lines: string) => Promise<void>): Promise<void> {
  const { read, secret, epoch, close } = await openReading(databaseUrl);
  try {
    const seal = createSeal(secret, epoch);
    const log = createLog(read);
    const kept = options.state === undefined ? null : await readFile(options.state, 'utf8').catch(missing);
    const after = options.after ?? (kept?.trim() || undefined);
    let pos = after === undefined ? 0 : placeOf(seal.openPos(after));
    if (pos > (await log.head()))
      throw new TailRefused('That place lies beyond the end of the log: this is another database. Begin without it.');
    for (;;) {
      const events = await log.everything(pos, batch);
      const last = events.at(-1);
      if (last) {
        const texts = options.texts ? await textsOf(read, events) : null;
        await take(events.map((event) => `${JSON.stringify(lineOf(event, seal.pos(event.pos), texts))}\n`).join(''));
        pos = last.pos;
        if (options.state !== undefined) await keep(options.state, seal.pos(pos));
      } else if (options.once) return;
      else await new Promise((look) => setTimeout(look, every));
    }
  } finally {
    await close();
  }
}

function placeOf(pos: number | null): number {
  if (pos === null) throw new TailRefused('That is no place in this log: take the "place" of a line.');
  if (pos === Number.POSITIVE_INFINITY)
    throw new TailRefused('That place was given out before this instance was restored from a backup: read everything again, without it.');
  return pos;
}

function lineOf({ pos: _, view: __, subject, ...event }: LogEvent, place: string, texts: ReadonlyMap<string, string | null> | null) {
  const text = subject === null ? undefined : texts?.get(subject);
  return { place, ...event, subject, at: new Date(event.at).toISOString(), ...(text === undefined ? {} : { text }) };
}

async function textsOf(read: Reader, events: readonly LogEvent[]): Promise<Map<string, string | null>> {
  const ids = [...new Set(events.flatMap((e) => (e.subject !== null && e.type.startsWith('message.') ? e.subject : [])))];
  if (ids.length === 0) return new Map();
  const rows = await read.selectFrom('message').select(['id', 'text']).where('id', 'in', ids.map(bytesOf)).execute();
  return new Map(rows.map((row) => [idOf(row.id), row.text]));
}

const missing = (error: NodeJS.ErrnoException): null => {
  if (error.code === 'ENOENT') return null;
  throw new TailRefused(`The state cannot be read (${error.code}): choose another file with --state.`);
};

/** Whole or not at all. */
async function keep(path: string, place: string): Promise<void> {
  await writeFile(`${path}.part`, `${place}\n`, { flush: true });
  await rename(`${path}.part`, path);
}
