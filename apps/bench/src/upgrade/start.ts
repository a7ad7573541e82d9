// A process that brings a database up to date as a server does at its start, to be killed meanwhile.
import { openDatabase } from '@koreromai/db';

process.send?.('started');
const db = await openDatabase(process.argv[2] ?? '');
await db.close();
process.disconnect?.();
