import type { Reader } from '@koreromai/db';
import { sql } from 'kysely';

/** Every word that FTS5 still holds. */
export async function heldByFts(read: Reader): Promise<string[]> {
  await sql`create virtual table if not exists temp.held using fts5vocab('main', 'message_fts', 'row')`.execute(read);
  return (await sql<{ term: string }>`select term from temp.held`.execute(read)).rows.map((r) => r.term);
}
