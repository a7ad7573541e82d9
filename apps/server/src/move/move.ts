import { DatabaseInUse, finishMove, mendMove, moving } from '@koreromai/db';
import { BackupUnusable } from '../backup/manifest.ts';
import { askServer } from '../cli/socket.ts';
import type { Settings } from '../env/env.ts';
import { redactUrl } from '../env/redact.ts';
import { handedOver } from './hand-over.ts';

/** Moves everything from the SQLite file of the settings to the server named by `to`, whether a server runs on the file or not. */
export async function move({ databaseUrl, dataDir }: Settings, to: string, tell: (line: string) => void): Promise<string> {
  if (!databaseUrl.startsWith('sqlite:'))
    throw new BackupUnusable(`DATABASE_URL is ${redactUrl(databaseUrl)} already: a move goes from an SQLite file to a server.`);
  const path = databaseUrl.slice('sqlite:'.length);
  const after = `Start with DATABASE_URL=${redactUrl(to)} from now on. The old file is kept, and no server opens it: ${path}`;
  const mended = async () => (await mendMove(path, to)) && `An earlier move had not quite ended, and has now.\n${after}`;
  const whole = await mended();
  if (whole) return whole;
  try {
    const { frozen, last, here, there } = await moving(path, to, tell, async (m) => {
      const answer = await askServer(dataDir, { command: 'move', to, ...m, counted: [...m.counted] }, () => Promise.resolve());
      if (answer && 'sentence' in answer) throw new BackupUnusable(answer.sentence);
      return answer ? handedOver.parse(JSON.parse(answer.text)) : { frozen: 0, ...(await finishMove(path, to, m)) };
    });
    const other = new Map(there.map((one) => [one.table, one]));
    const width = Math.max(...here.map(({ table }) => table.length));
    const rows = here
      .filter((one) => one.rows > 0)
      .map(({ table, rows, sum }) => {
        const same = other.get(table)?.rows === rows && other.get(table)?.sum === sum;
        return `  ${table.padEnd(width)}  ${sum}  ${rows}${same ? '' : '  DIFFERS'}`;
      });
    return [
      ...rows,
      `Counts and checksums are equal. Nobody could write for ${frozen} ms, in which ${last} rows were carried over.`,
      after,
    ].join('\n');
  } catch (error) {
    if (error instanceof DatabaseInUse) throw error;
    const ended = await mended(); // the server was killed behind the moment that decides
    if (ended) return ended;
    throw error;
  }
}
