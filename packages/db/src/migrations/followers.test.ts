import { type Dialect, eachDatabase, freshDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { openDatabase } from '../database.ts';
import { bytesOf, idOf, newId } from '../ids.ts';
import { openOrm } from '../orm.ts';
import { parseDatabaseUrl } from '../url.ts';
import { migrations as mysql } from './mysql/index.ts';
import { migrations as sqlite } from './sqlite/index.ts';
import { makeOlder } from './trial.ts';

const [busy, left, closed, empty, group] = Array.from({ length: 5 }, () => newId());

/** Rooms and a group as an older version keeps them: who is in, and who was. */
async function furnish(url: string, stays: readonly { at: string | undefined; open: number; ended?: number }[]): Promise<void> {
  const orm = await openOrm(parseDatabaseUrl(url));
  try {
    const em = orm.em.fork();
    for (const id of [busy, left, closed, empty, group]) {
      const row = [bytesOf(id ?? ''), id === group ? 'group' : 'room', id === closed ? 2 : null];
      await em.execute('insert into conversation (id, kind, created_at, closed_at) values (?, ?, 1, ?)', row as never);
    }
    for (const { at, open, ended = 0 } of stays)
      for (let i = 0; i < open + ended; i++) {
        const row = [bytesOf(at ?? ''), bytesOf(newId()), i < open ? null : 7, i < open ? 1 : null];
        const columns = 'conversation_id, user_id, from_seq, to_seq, open, role, joined_at';
        await em.execute(`insert into span (${columns}) values (?, ?, 0, ?, ?, 'member', 1)`, row as never);
      }
  } finally {
    await orm.close(true);
  }
}

/** Runs the step by hand as far as its first `n` statements, as if the process had been killed behind them. */
async function killedBehind(url: string, dialect: Dialect, n: number): Promise<void> {
  const orm = await openOrm(parseDatabaseUrl(url));
  try {
    const Step = (dialect === 'mysql' ? mysql : sqlite).find(({ name }) => name === 'm0034')?.class;
    if (!Step) throw new Error('The step that counts followers is gone.');
    const migration = new Step(orm.em.getDriver() as never, orm.config);
    await migration.up();
    for (const sql of migration.getQueries().map(String).slice(0, n)) await orm.em.fork().execute(sql);
  } finally {
    await orm.close(true);
  }
}

const stays = [
  { at: busy, open: 120, ended: 40 },
  { at: left, open: 0, ended: 3 },
  { at: closed, open: 2, ended: 1 },
  { at: group, open: 3 },
];

eachDatabase('rooms of an older database', (dialect: Dialect) => {
  test.each([0, 1, 2])(
    'R050, G15: each is shown with those who follow it now, also where the step was killed behind %i statements',
    async (n) => {
      await using database = await freshDatabase(dialect);
      await makeOlder(database.url, 'm0033');
      await furnish(database.url, stays);
      await killedBehind(database.url, dialect, n);
      if (n === 2) await leave(database.url); // an older process went on before the step ran again
      for (let start = 0; start < 2; start++) {
        const db = await openDatabase(database.url);
        const rows = await db.read.selectFrom('room_count').selectAll().execute();
        await db.close();
        expect(Object.fromEntries(rows.map((row) => [idOf(row.conversation_id), Number(row.followers)]))).toEqual({
          [busy ?? '']: n === 2 ? 0 : 120,
          [left ?? '']: 0,
          [closed ?? '']: 2,
          [empty ?? '']: 0,
        });
      }
    },
  );
});

/** Everybody leaves the busy room. */
async function leave(url: string): Promise<void> {
  const orm = await openOrm(parseDatabaseUrl(url));
  try {
    const set = 'update span set open = null, to_seq = 9 where conversation_id = ? and open = 1';
    await orm.em.fork().execute(set, [bytesOf(busy ?? '')] as never);
  } finally {
    await orm.close(true);
  }
}
