import { createHash } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import type { DatabaseUrl } from './url.ts';

/** The right to do one thing alone, among all processes on this database. */
export interface Claim {
  /** False once the connection that held it was lost: somebody else may hold it now. */
  readonly held: boolean;
  release(): Promise<void>;
}

/**
 * Gives the function that asks for a claim, and answers null at once while somebody else has it. On MySQL it is a lock of a connection
 * of its own, so a process that dies lets go in the same moment; an SQLite file has one process anyway.
 */
export function createClaims(url: DatabaseUrl): (name: string) => Promise<Claim | null> {
  const here = new Set<string>();
  return async (name) => {
    if (here.has(name)) return null;
    here.add(name);
    try {
      const claim = url.dialect === 'sqlite' ? unrivalled() : await lockOf(url, name);
      if (claim === null) here.delete(name);
      return (
        claim && {
          get held() {
            return claim.held;
          },
          async release() {
            await claim.release();
            here.delete(name);
          },
        }
      );
    } catch (error) {
      here.delete(name);
      throw error;
    }
  };
}

const unrivalled = (): Claim => ({ held: true, release: async () => {} });

async function lockOf(url: Extract<DatabaseUrl, { dialect: 'mysql' }>, name: string): Promise<Claim | null> {
  const connection = await createConnection({ uri: url.href, enableKeepAlive: true });
  let held = true;
  connection.on('error', () => {
    held = false;
  });
  const lock = createHash('sha256').update(`${url.name} ${name}`).digest('hex'); // at most 64 letters, and one server has many databases
  const [rows] = await connection.query('select get_lock(?, 0) as got', [lock]);
  if (Array.isArray(rows) && rows[0] && 'got' in rows[0] && rows[0].got === 1) {
    return {
      get held() {
        return held;
      },
      async release() {
        held = false;
        connection.destroy(); // which lets go of the lock
      },
    };
  }
  connection.destroy();
  return null;
}
