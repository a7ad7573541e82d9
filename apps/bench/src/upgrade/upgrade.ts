import { rmSync } from 'node:fs';
import { openDatabase, timeUpgrade } from '@koreromai/db';
import { createConnection } from 'mysql2/promise';
import type { Place } from '../databases.ts';
import { temporaryDatabase } from '../databases.ts';
import { createRandom } from '../stats.ts';
import type { Row } from '../table.ts';
import { cutOff, upgradeOnce } from './kill.ts';
import { differences, look } from './look.ts';
import { copyOld, makeOld, oldest, pathOf } from './old.ts';
import { watchWrites } from './stall.ts';

export interface UpgradeSizes {
  readonly messages: number;
  /** How many times at least an upgrade is killed with SIGKILL. */
  readonly kills: number;
}

/**
 * A database of the first version is brought up to date: once in peace, with a watch in hand, and then again and again from copies of the same
 * rows while the process is killed at random moments, until one run comes to its end. Whatever was there must be there, and both must end the same.
 */
export async function upgrade(place: Place, sizes: UpgradeSizes = { messages: 1_000_000, kills: 20 }): Promise<Row[]> {
  await using fresh = await temporaryDatabase(place); // of today, empty: what the schema must become
  const { schema } = await look(place, fresh.url, new Map());
  await using old = new Temporaries(place, fresh.url);
  const seeded = old.next();
  const began = performance.now();
  await makeOld(place, seeded, sizes.messages);
  const made = performance.now() - began;
  const before = await look(place, seeded);
  const peaceful = old.next();
  await copyOld(place, seeded, peaceful);
  const stall = await watchWrites(place, peaceful);
  const taken = await timeUpgrade(peaceful);
  const stood = await stall.end();
  await (await openDatabase(peaceful)).close();
  const wrong: string[] = [];
  const reference = await look(place, peaceful);
  wrong.push(...differences((await look(place, peaceful, before.columns)).sums, before.sums).filter((one) => !touched.test(one)));
  if (reference.schema !== schema) wrong.push('the schema is not that of a new database');

  const idle = (await upgradeOnce(peaceful)) ?? 0;
  const all = taken.reduce((sum, { ms }) => sum + ms, 0);
  const random = createRandom(29);
  let kills = 0;
  let rounds = 0;
  while (kills < sizes.kills) {
    rounds++;
    const url = old.next();
    await copyOld(place, seeded, url);
    for (;;) {
      const left = sizes.kills - kills;
      const ms = await upgradeOnce(url, left > 0 ? idle / 2 + random() * (idle / 2 + all) : undefined);
      if (ms !== null) break;
      if (++kills % 2 === 0) await cutOff(place, url);
    }
    const after = await look(place, url);
    wrong.push(...differences(after.sums, reference.sums));
    if (after.schema !== schema) wrong.push('the schema after kills is not that of a new database');
    await old.drop(url);
  }
  for (const sentence of wrong) console.error(`upgrade [${place.kind}]: ${sentence}`);
  const row = (what: string, figure: string): Row => ({ database: place.kind, what: `upgrade: ${what}`, figure });
  return [
    row(
      `${sizes.messages.toLocaleString('en')} messages as of ${oldest}`,
      `${before.rows.toLocaleString('en')} rows, made in ${seconds(made)}`,
    ),
    ...taken.map(({ name, ms, longest }) => row(name, `${seconds(ms)}, longest statement ${seconds(longest.ms)} (${shown(longest.sql)})`)),
    row('all of them', `${seconds(all)}; ${reference.rows.toLocaleString('en')} rows after`),
    row('a write beside it waited', stood === null ? 'one process owns the file: nobody else writes' : `at most ${seconds(stood)}`),
    {
      ...row('killed with SIGKILL', `${kills} times in ${rounds} upgrades that then came to their end`),
      ratio: wrong.length,
      to: 'differences',
      gate: { most: 0 },
    },
  ];
}

/** What migrations themselves write into tables that were there: streams to lock, and their own notes. */
const touched = /^(migration|stream): /;
const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
const shown = (sql: string) =>
  sql.replaceAll('`', '').replace(/^(alter table \w+|create (?:unique )?index if not exists \w+|insert into \w+|\w+ \w+).*$/s, '$1');

/** Databases beside a temporary one, all gone with it. */
class Temporaries implements AsyncDisposable {
  readonly #place: Place;
  readonly #beside: string;
  readonly #urls = new Set<string>();
  #made = 0;

  constructor(place: Place, beside: string) {
    this.#place = place;
    this.#beside = beside;
  }

  next(): string {
    const url = this.#place.kind === 'sqlite' ? this.#beside.replace(/\.db$/, `-${++this.#made}.db`) : `${this.#beside}_${++this.#made}`;
    this.#urls.add(url);
    return url;
  }

  async drop(url: string): Promise<void> {
    this.#urls.delete(url);
    if (this.#place.kind === 'sqlite') {
      for (const tail of ['', '-wal', '-shm', '.lock']) rmSync(pathOf(url) + tail, { force: true });
      return;
    }
    const connection = await createConnection(this.#place.server);
    await connection.query(`drop database if exists \`${new URL(url).pathname.slice(1)}\``);
    await connection.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const url of [...this.#urls]) await this.drop(url);
  }
}
