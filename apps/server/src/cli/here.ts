import { createConsole, createServices, openStorage } from '@koreromai/api';
import { openDatabase } from '@koreromai/db';
import { prepareDataDir } from '../env/data-dir.ts';
import type { Settings } from '../env/env.ts';
import { type Asked, perform, type Take } from './commands.ts';

/** Does it in this process, with the database to itself: for when no server runs. */
export async function performHere({ dataDir, databaseUrl, storageUrl, publicUrl }: Settings, what: Asked, take: Take): Promise<string> {
  prepareDataDir(dataDir);
  const faults: unknown[] = [];
  const db = await openDatabase(databaseUrl);
  try {
    const storage = what.command === 'export' ? await openStorage(storageUrl) : null; // the only one that needs the bytes of files
    const services = await createServices({ db, ...(storage && { storage }), publicUrl, onFault: (error) => void faults.push(error) });
    try {
      const text = await perform(createConsole(services), what, take);
      await services.caughtUp(); // what was written is found and counted at the next start
      return text;
    } finally {
      await services.close();
      await storage?.close();
    }
  } finally {
    await db.close();
  }
}
