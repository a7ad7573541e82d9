import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@koreromai/db';
import type { Temporary } from '../databases.ts';
import type { Known } from '../peers/fixture.ts';
import { type PlantedChat, plant } from '../plant.ts';
import { drawn } from '../posts/fixture.ts';
import { createRandom } from '../stats.ts';

export interface CrowdSizes {
  readonly people: number;
  readonly chats: number;
}

/** People in chats of two to ten (mean about five), written to a file for peers and loads; and into the database, where there is one. */
export async function seedCrowd(folder: string, { people: count, chats: many }: CrowdSizes, database: Temporary | null): Promise<string> {
  const random = createRandom(3);
  const people = Array.from({ length: count }, (_, i) => ({
    id: newId(),
    username: `crowd-${i}`,
    token: randomBytes(32).toString('base64url'),
  }));
  const sizes = [2, 2, 3, 3, 4, 5, 6, 7, 9, 10]; // mean 5.1
  const chats: PlantedChat[] = Array.from({ length: many }, (_, i) => ({
    id: newId(),
    members: drawn(people, sizes[i % sizes.length] ?? 5, random),
  }));
  if (database) await plant(database, people, chats);
  const known: Known = { people, chats: chats.map(({ id, members }) => ({ id, members: members.map((m) => m.id) })) };
  const file = join(folder, 'crowd.json');
  writeFileSync(file, JSON.stringify(known));
  return file;
}
