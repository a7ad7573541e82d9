import { createConsole, createServices } from '@koreromai/api';
import { openDatabase } from '@koreromai/db';
import { prepareDataDir } from '../env/data-dir.ts';
import type { Settings } from '../env/env.ts';
import { type Asked, perform } from './commands.ts';

/** Does it in this process, with the database to itself: for when no server runs. */
export async function performHere({ dataDir, databaseUrl, publicUrl }: Settings, what: Asked): Promise<string> {
  prepareDataDir(dataDir);
  const faults: unknown[] = [];
  const db = await openDatabase(databaseUrl);
  try {
    const services = await createServices({ db, publicUrl, onFault: (error) => void faults.push(error) });
    try {
      const text = await perform(createConsole(services), what);
      await services.caughtUp(); // what was written is found and counted at the next start
      return text;
    } finally {
      await services.close();
    }
  } finally {
    await db.close();
  }
}
