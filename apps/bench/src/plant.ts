import { createHash } from 'node:crypto';
import { bytesOf, newId, openDatabase, type Write } from '@koreromai/db';
import type { Temporary } from './databases.ts';

export interface Planted {
  readonly id: string;
  readonly username: string;
  /** Of a session that is open. */
  readonly token: string;
}

export interface PlantedChat {
  readonly id: string;
  readonly members: readonly Planted[];
}

/** Puts people with a session each, and groups of them, into an empty database, past all rules. */
export async function plant(database: Temporary, people: readonly Planted[], conversations: readonly PlantedChat[]): Promise<void> {
  const db = await openDatabase(database.url);
  const engine = db.engine();
  await engine.begin([], []);
  await engine.commit(writes(people, conversations), [], []);
  await engine.close();
  await db.close();
}

function writes(people: readonly Planted[], conversations: readonly PlantedChat[]): Write[] {
  const now = Date.now();
  const rows = {
    user: people.map((p) => ({
      id: bytesOf(p.id),
      username: p.username,
      email: `${p.username}@example.nz`,
      name: p.username,
      password_hash: '-',
      created_at: now,
    })),
    session: people.map((p) => ({
      id: bytesOf(newId()),
      token_hash: createHash('sha256').update(p.token).digest(),
      user_id: bytesOf(p.id),
      created_at: now,
      last_seen_at: now,
      user_agent: 'bench',
    })),
    conversation: conversations.map((c) => ({ id: bytesOf(c.id), kind: 'group', name: 'Bench', created_at: now })),
    stream: [...people, ...conversations].map(({ id }) => ({ id: bytesOf(id), seq: 0, pos: 0 })),
    span: conversations.flatMap((c) =>
      c.members.map((m) => ({
        conversation_id: bytesOf(c.id),
        user_id: bytesOf(m.id),
        from_seq: 1,
        open: 1,
        role: 'member',
        joined_at: now,
      })),
    ),
  };
  const insert = (table: keyof typeof rows): Write => {
    const of = rows[table];
    return { do: 'insert', table, columns: Object.keys(of[0] ?? {}), rows: of.map((row) => Object.values(row)), onDuplicate: 'fail' };
  };
  return (['user', 'session', 'conversation', 'stream', 'span'] as const).filter((table) => rows[table].length > 0).map(insert);
}
