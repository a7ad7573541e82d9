import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@koreromai/db';
import type { Temporary } from '../databases.ts';
import { plant } from '../plant.ts';
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
  await plant(database, people, conversations);
  const posters = people.map((p) => ({ ...p, turns: zipf(own.get(p.id) ?? [], random) }));
  const file = join(database.folder, 'posters.json');
  writeFileSync(file, JSON.stringify(posters));
  return { file, posters };
}

/** So many of them, none twice. */
export function drawn<T>(from: readonly T[], count: number, random: () => number): T[] {
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
