import { bytesOf } from '@koreromai/db';
import Database from 'better-sqlite3';
import { createConnection } from 'mysql2/promise';
import type { Temporary } from '../databases.ts';

/** Reads fifty messages below a seq. */
export interface BarePage extends AsyncDisposable {
  (beyond: number | null): Promise<unknown[]>;
}

const columns = 'id, conversation_id, seq, author_id, text, version, created_at, updated_at, edited_at, deleted_at';
const select = `select ${columns} from message where conversation_id = ?`;
const page = 'order by seq desc limit 50';

/** What the driver can do alone: the same page by a prepared statement, without authors and without asking who may see it. */
export async function openBarePage({ place, url, name }: Temporary, conversation: string): Promise<BarePage> {
  const key = bytesOf(conversation);
  const values = (beyond: number | null) => (beyond === null ? [key] : [key, beyond]);
  if (place.kind === 'mysql') {
    const connection = await createConnection(url);
    const read = async (beyond: number | null) => {
      const [rows] = await connection.execute(`${select} ${beyond === null ? '' : 'and seq < ?'} ${page}`, values(beyond));
      return rows as unknown[];
    };
    return Object.assign(read, { [Symbol.asyncDispose]: () => connection.end() });
  }
  const db = new Database(name, { readonly: true });
  const [first, deeper] = [db.prepare(`${select} ${page}`), db.prepare(`${select} and seq < ? ${page}`)];
  const read = async (beyond: number | null) => (beyond === null ? first : deeper).all(...values(beyond));
  return Object.assign(read, { [Symbol.asyncDispose]: async () => void db.close() });
}
