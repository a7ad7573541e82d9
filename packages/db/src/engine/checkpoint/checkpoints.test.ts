import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openSqliteAside } from '../aside/aside.ts';
import { createCheckpoints } from './checkpoints.ts';
import { copied, progress } from './progress.ts';

const turn = () => new Promise((later) => setImmediate(later));
const long = 200;

/** A file that one connection writes to and another copies when it is told to. */
function desk(stack: DisposableStack, pages = long) {
  const folder = stack.adopt(mkdtempSync(join(tmpdir(), 'koreromai-test-')), (made) => rmSync(made, { recursive: true }));
  const path = join(folder, 'a.db');
  const open = () => {
    const db = stack.adopt(new Database(path), (one) => one.close());
    db.pragma('journal_mode = wal');
    return db;
  };
  const [writer, other] = [open(), open()];
  let times = 0;
  const pragma: typeof writer.pragma = (...args) => {
    times++;
    return writer.pragma(...args);
  };
  const asking = new Proxy(writer, { get: (db, key) => (key === 'pragma' ? pragma : Reflect.get(db, key)) });
  writer.exec('create table t (id integer primary key, words text)');
  const asked: PromiseWithResolvers<void>[] = [];
  const copy = () => {
    const one = Promise.withResolvers<void>();
    asked.push(one);
    return one.promise;
  };
  const committed = createCheckpoints(asking, { copy }, pages);
  const insert = writer.prepare('insert into t (words) values (?)');
  let written = 0;
  let longest = 0;
  return {
    ...{ path, open, writer, other, asked },
    /** One page or two, and one commit. */
    write() {
      insert.run('x'.repeat(3_500));
      written++;
      committed();
      longest = Math.max(longest, progress(writer).pages);
    },
    longest: () => longest,
    times: () => times,
    whole: () => expect(other.prepare('select count(*) as n from t').get()).toEqual({ n: written }),
  };
}

test('the write-ahead log begins anew each time another connection has copied most of it, and what was written meanwhile the writer copies', async () => {
  using stack = new DisposableStack();
  const { write, asked, other, writer, whole, longest } = desk(stack);
  let anew = 0;
  for (let n = 0; n < 3_000; n++) {
    const before = progress(writer).pages;
    write();
    if (progress(writer).pages < before) anew++;
    if (asked.length === 0) continue;
    copied(other);
    for (let later = 0; later < 10; later++) write(); // while the other one syncs
    asked.pop()?.resolve();
    await turn();
  }
  expect(anew).toBeGreaterThan(10);
  expect(anew).toBeLessThan(60); // not before it is long
  expect(longest()).toBeLessThan(long + 60);
  whole();
});

test('how long a short log is, is not asked behind each commit, and it is copied no later for that', async () => {
  using stack = new DisposableStack();
  const { write, asked, other, writer, times, longest } = desk(stack, 3_000);
  for (let round = 1; round <= 3; round++) {
    const before = times();
    let commits = 0;
    for (; asked.length === 0 && commits < 6_000; commits++) write();
    expect(asked).toHaveLength(1);
    expect(progress(writer).pages).toBeLessThan(3_000 + 10);
    expect(times() - before).toBeLessThan(commits / 3);
    copied(other);
    asked.pop()?.resolve();
    await turn();
    write();
  }
  expect(longest()).toBeLessThan(3_000 + 10);
});

test('while a reader holds the log it is not tried behind each commit; it begins anew when the reader has gone', async () => {
  using stack = new DisposableStack();
  const { write, asked, other, writer, open, whole } = desk(stack);
  const reader = open();
  write();
  reader.exec('begin');
  reader.prepare('select * from t').all();
  let tried = 0;
  for (let n = 0; n < 600; n++) {
    write();
    for (const one of asked.splice(0)) {
      tried++;
      copied(other);
      one.resolve();
      await turn();
    }
  }
  expect(progress(writer).pages).toBeGreaterThan(600);
  expect([tried > 3, tried < 150]).toEqual([true, true]);
  reader.exec('commit');
  for (let n = 0; n < 40; n++) {
    write();
    for (const one of asked.splice(0)) {
      copied(other);
      one.resolve();
      await turn();
    }
  }
  expect(progress(writer).pages).toBeLessThan(long);
  whole();
});

test('a connection whose copier fails copies by itself from then on', async () => {
  using stack = new DisposableStack();
  const { write, asked, whole, longest } = desk(stack);
  for (let n = 0; n < 2 * long && asked.length === 0; n++) write();
  asked.pop()?.reject(new Error('no thread'));
  await turn();
  for (let n = 0; n < 2_000; n++) write();
  expect(asked).toEqual([]);
  expect(longest()).toBeLessThan(long + 60);
  whole();
});

test('the thread of the lane has its log copied by a thread of its own, which ends with it', { timeout: 60_000 }, async () => {
  using stack = new DisposableStack();
  const { path, writer } = desk(stack);
  writer.exec('create table log_head (id integer primary key, pos integer); insert into log_head values (1, 0)');
  writer.exec('create table setting (name text primary key, value text, updated_at integer, updated_by blob)');
  const engine = openSqliteAside(path, long);
  const columns = ['name', 'value', 'updated_at', 'updated_by'] as const;
  let written = 0;
  const write = async () => {
    const rows = [[`name ${written++}`, 'x'.repeat(3_500), written, null]];
    await engine.begin([], []);
    await engine.commit([{ do: 'insert', table: 'setting', columns, rows, onDuplicate: 'fail' }], [], []);
  };
  let anew = 0;
  for (let commits = 0; commits < 3_000 && anew < 5; commits++) {
    const before = progress(writer).pages;
    await write();
    if (progress(writer).pages < before) anew++;
    const patience = performance.now() + 20_000;
    const due = () => progress(writer).pages > long && progress(writer).copied < long;
    while (due() && performance.now() < patience) await turn(); // for that thread: the writer would come to it at four times as many
    expect(due()).toBe(false);
  }
  expect(anew).toBe(5);
  await engine.close();
  expect(writer.prepare('select count(*) as n from setting').get()).toEqual({ n: written });
});
