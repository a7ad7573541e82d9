import { expect, test } from 'vitest';
import type { Place } from '../databases.ts';
import { holds } from '../table.ts';
import { upgrade } from './upgrade.ts';

const server = process.env.TEST_MYSQL_URL;

async function tried(place: Place): Promise<void> {
  const rows = await upgrade(place, { messages: 10_000, kills: 5 });
  const killed = rows.at(-1);
  process.stdout.write(`upgrade [${place.kind}]: ${killed?.figure}\n`);
  expect(killed).toMatchObject({ ratio: 0, figure: expect.stringMatching(/^[5-9] times/) });
  expect(rows.every(holds)).toBe(true);
  expect(rows.map(({ what }) => what)).toEqual(expect.arrayContaining(['upgrade: m0002', 'upgrade: m0023', 'upgrade: m0029']));
}
const name = 'G15: a database of the first version is upgraded though the process is killed again and again, and ends as one that was not';
test(`${name} [sqlite]`, () => tried({ kind: 'sqlite' }));
test.skipIf(!server)(`${name} [mysql]`, () => tried({ kind: 'mysql', server: server ?? '' }));
