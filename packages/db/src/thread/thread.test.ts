import type { Worker } from 'node:worker_threads';
import { freshDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { openThread } from './thread.ts';

const open = (path: string) => openThread(new URL('../side/answers.ts', import.meta.url), { path });
const count = (to: number) => ({
  sql: `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${to}) select count(*) from n`,
  parameters: [],
});

test('a thread that is closed ends by itself behind what it is at, and what waits behind that is rejected', async () => {
  await using database = await freshDatabase('sqlite');
  await (await database.open()).close();
  const codes: number[] = [];
  const watch = (worker: Worker) => void worker.once('exit', (code) => codes.push(code));
  process.on('worker', watch);
  let cut = 0;
  for (let round = 0; round < 20; round++) {
    const thread = open(database.url.replace('sqlite:', ''));
    await thread.ask(count(1));
    const asked = Array.from({ length: 10 }, () => thread.ask(count(50_000)));
    const answers = Promise.allSettled(asked);
    if (round % 2 === 0) await asked[0];
    else for (let turn = 0; turn < round * 50; turn++) await new Promise((later) => setImmediate(later));
    await thread.close();
    const statuses = (await answers).map(({ status }) => status);
    const first = statuses.indexOf('rejected');
    expect(statuses.slice(first).every((status) => first === -1 || status === 'rejected')).toBe(true);
    if (first > 0) cut++;
    await expect(thread.ask(count(1))).rejects.toThrow('The thread of the database is closed.');
  }
  process.off('worker', watch);
  expect(codes).toEqual(Array(20).fill(0)); // 1 where it was terminated
  expect(cut).toBeGreaterThan(0);
});

test('one that was never asked, or has ended, is closed at once', async () => {
  await open('/nowhere/at/all.db').close();
  const thread = open('/nowhere/at/all.db');
  await expect(thread.ask(count(1))).rejects.toMatchObject({ code: 'THREAD_ENDED' });
  await thread.close();
});
