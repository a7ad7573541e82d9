import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOf, newId, openDatabase, type Write } from '@koreromai/db';
import type { Temporary } from '../databases.ts';
import { createRandom } from '../stats.ts';

export interface Poster {
  readonly id: string;
  readonly username: string;
  readonly token: string;
  /** Conversations to post to, drawn beforehand and used in a ring. */
  readonly turns: readonly string[];
}

export interface Sizes {
  readonly posters: number;
  readonly conversations: number;
}

const turnsEach = 2_000;

/**
 * Fills a database with posters who share conversations of three to seven people (mean five), and writes who posts where to a file.
 * Each draws among their own conversations by Zipf's law (s = 1). Gives the file's path.
 */
export async function seedPosters(database: Temporary, sizes: Sizes): Promise<{ file: string; posters: Poster[] }> {
  const random = createRandom(1);
  const people = Array.from({ length: sizes.posters }, (_, i) => ({
    id: newId(),
    username: `poster-${i}`,
    token: randomBytes(32).toString('base64url'),
  }));
  const own = new Map<string, { id: string; weight: number }[]>(people.map((p) => [p.id, []]));
  const conversations = Array.from({ length: sizes.conversations }, (_, rank) => {
    const id = newId();
    const members = drawn(people, 3 + Math.floor(random() * 5), random);
    for (const { id: member } of members) own.get(member)?.push({ id, weight: 1 / (rank + 1) });
    return { id, members };
  });
  const db = await openDatabase(database.url);
  const engine = db.engine();
  await engine.begin([], []);
  await engine.commit(writes(people, conversations), [], []);
  await engine.close();
  await db.close();
  const posters = people.map((p) => ({ ...p, turns: zipf(own.get(p.id) ?? [], random) }));
  const file = join(database.folder, 'posters.json');
  writeFileSync(file, JSON.stringify(posters));
  return { file, posters };
}

function drawn<T>(from: readonly T[], count: number, random: () => number): T[] {
  const some = new Set<T>();
  while (some.size < Math.min(count, from.length)) {
    const one = from[Math.floor(random() * from.length)];
    if (one) some.add(one);
  }
  return [...some];
}

function zipf(from: readonly { id: string; weight: number }[], random: () => number): string[] {
  const total = from.reduce((sum, { weight }) => sum + weight, 0);
  return Array.from({ length: turnsEach }, () => {
    let left = random() * total;
    return (from.find(({ weight }) => (left -= weight) <= 0) ?? from.at(-1))?.id ?? '';
  });
}

type Person = Omit<Poster, 'turns'>;

function writes(people: readonly Person[], conversations: readonly { id: string; members: readonly Person[] }[]): Write[] {
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
