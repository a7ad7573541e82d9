import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { bytesOf, type Counted, countAll, openSnapshot } from '@koreromai/db';
import { createDice, eventually, freshDatabase, onMySql, patience } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { call } from '../test/http.ts';
import { koreromai } from '../test/koreromai.ts';
import { plainClient } from '../test/plain.ts';
import { folder, freePort, serving, startChild } from '../test/process.ts';
import { type Out, reopen, type TestServer } from '../test/server.ts';
import { type Acked, startTalk } from '../test/talk.ts';

const seed = 20_261_122;
const main = join(import.meta.dirname, '../cli/main.ts');

/** The command in a process that can be killed. */
function begin(env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env.PATH, ...env }, stdio: 'ignore' });
  return { kill: () => child.kill('SIGKILL'), ended: once(child, 'close') };
}

/** Acknowledged messages that a database lacks, has otherwise, or has twice. */
async function wrongIn(url: string, acked: readonly Acked[]) {
  const db = await reopen(url);
  const [lost, doubled]: string[][] = [[], []];
  try {
    for (let i = 0; i < acked.length; i += 500) {
      const some = acked.slice(i, i + 500);
      const rows = await db.read
        .selectFrom('message')
        .select(['id', 'text'])
        .where(
          'id',
          'in',
          some.map(({ id }) => bytesOf(id)),
        )
        .execute();
      const found = Map.groupBy(rows, (row) => row.id.toString('hex'));
      for (const { id, text } of some) {
        const here = found.get(bytesOf(id).toString('hex')) ?? [];
        if (here[0]?.text !== text) lost?.push(id);
        if (here.length > 1) doubled?.push(id);
      }
    }
    const said = await db.read
      .selectFrom('event')
      .select(({ fn }) => [fn.countAll().as('n'), fn.count('subject_id').distinct().as('subjects')])
      .where('type', '=', 'message.created')
      .executeTakeFirstOrThrow();
    if (Number(said.n) !== Number(said.subjects)) doubled?.push('an event');
  } finally {
    await db.close();
  }
  return { lost: lost ?? [], doubled: doubled ?? [] };
}

async function countedIn(url: string): Promise<Counted[]> {
  const snapshot = await openSnapshot(url);
  try {
    return await countAll(
      snapshot.rows,
      snapshot.shapes.filter(({ table }) => table !== 'instance'),
    );
  } finally {
    await snapshot.close();
  }
}

onMySql('koreromai move', () => {
  test('from SQLite to MySQL while 20 clients post 50 messages a second: frozen under 2 s, nothing lost, nothing doubled, the old file kept', async () => {
    using data = folder();
    await using target = await freshDatabase('mysql');
    const port = await freePort();
    const env = { DATA_DIR: data.path, RATE_LIMITS: 'off', PORT: String(port) };
    const old = `sqlite:${join(data.path, 'koreromai.db')}`;
    expect((await koreromai(env, 'seed', '--users', '40', '--days', '60')).err).toBe('');
    await using child = startChild(env);
    await serving(child);
    await using talk = await startTalk(child.url, 20, 50);
    let pos = 0;
    const sealless = { port, services: { seal: { openPos: () => ++pos } } } as unknown as TestServer; // its places cannot be read from outside
    const ears = await Promise.all(
      talk.people.slice(0, 3).map(async (who) => {
        const snapshot = (await call(child.url, 'session.snapshot', undefined, { token: who.token })).data as Out['session']['snapshot'];
        const client = plainClient(sealless, who as never);
        const ear = client.listen(snapshot.pos);
        await eventually('the start', () => ear.types.includes('checkpoint'));
        await eventually('something heard', () => ear.headOf(talk.room) > 0);
        return { client, ear, first: ear.seqs(talk.room)[0] ?? 0 };
      }),
    );
    await eventually('some talk', () => talk.acked.length > 100);

    const moved = await koreromai(env, 'move', '--to', target.url);
    expect([moved.code, moved.err]).toEqual([0, '']);
    const frozen = Number(/write for (\d+) ms/.exec(moved.out)?.[1]);
    expect(moved.out).toContain('Counts and checksums are equal.');
    const then = talk.acked.length;
    await eventually('talk that goes on', () => talk.acked.length > then + 100);
    await talk.stop();
    const heads = await reopen(target.url);
    const head = await heads.read.selectFrom('stream').select('seq').where('id', '=', bytesOf(talk.room)).executeTakeFirstOrThrow();
    await heads.close();
    await eventually('everything heard', () => ears.every(({ ear }) => ear.headOf(talk.room) === Number(head.seq)));
    const missed = ears.flatMap(({ ear, first }) => ear.missing(talk.room, first, Number(head.seq)));
    const doubled = ears.reduce((n, { ear }) => n + ear.total.doubled, 0);
    const resets = ears.reduce((n, { ear }) => n + ear.total.resets, 0);
    for (const { client } of ears) await client[Symbol.asyncDispose]();

    const wrong = await wrongIn(target.url, talk.acked);
    process.stdout.write(
      `move: ${talk.acked.length} acknowledged by 20 clients, frozen ${frozen} ms, slowest answer ${Math.round(talk.slowest())} ms, lost ${wrong.lost.length}, doubled ${wrong.doubled.length}; live: missed ${missed.length}, twice ${doubled}, resets ${resets}\n`,
    );
    expect(frozen).toBeLessThan(2_000 * patience);
    expect(wrong).toEqual({ lost: [], doubled: [] });
    expect([missed, doubled, resets]).toEqual([[], 0, 0]);
    for (const { table, rows, sum } of await countedIn(old))
      if (rows > 0) expect(moved.out).toMatch(new RegExp(`\\b${table} +${sum} +${rows}\\n`));

    child.process.kill('SIGTERM');
    expect(await child.ended).toBe(0);
    await using stale = startChild(env);
    expect(await stale.ended).toBe(1);
    expect(stale.err()).toMatch(
      /^Everything in this database was moved to mysql:\/\/\S+ on \d{4}-\d\d-\d\d: set DATABASE_URL to that one\./,
    );
    const again = await koreromai(env, 'move', '--to', target.url);
    expect([again.code, again.err]).toMatchObject([1, /was moved there already/]);
    const saved = await koreromai({ ...env, DATABASE_URL: old }, 'backup', '--out', join(data.path, 'stale'));
    expect([saved.code, saved.err.trim().split('\n').length]).toEqual([1, 1]);
    await using next = startChild({ ...env, DATABASE_URL: target.url });
    await serving(next);
    expect((await call(next.url, 'users.me', undefined, { token: talk.owner.token })).status).toBe(200);
  });

  test('cut off between its last two steps, it is ended by running it again, and only where both sides are the same', async () => {
    using data = folder();
    await using target = await freshDatabase('mysql');
    const env = { DATA_DIR: data.path, PORT: String(await freePort()) };
    expect((await koreromai(env, 'seed', '--users', '6', '--days', '4')).err).toBe('');
    const alone = await koreromai(env, 'move', '--to', target.url);
    expect([alone.code, alone.err]).toEqual([0, '']);
    const server = await reopen(target.url);
    const run = (sql: string) => server.orm.em.fork().execute(sql);
    try {
      for (const sql of [
        'create table move_kept as select * from message limit 1',
        'delete from message where id in (select id from move_kept)',
        'delete from instance',
      ])
        await run(sql);
      const refused = startChild({ ...env, DATABASE_URL: target.url });
      expect(await refused.ended).toBe(1);
      expect(refused.err()).toMatch(/^This database is not whole/);
      const differs = await koreromai(env, 'move', '--to', target.url);
      expect([differs.code, differs.err]).toMatchObject([1, /^What was copied is not the same \(message\)/]);
      await run('insert into message select * from move_kept');
      await run('drop table move_kept');
      const other = await koreromai(env, 'move', '--to', `${target.url}_other`);
      expect([other.code, other.err]).toMatchObject([1, /was moved to .* already/]);
      const mended = await koreromai(env, 'move', '--to', target.url);
      expect([mended.code, mended.err]).toEqual([0, '']);
      expect(mended.out).toMatch(/^An earlier move had not quite ended, and has now/);
      await using child = startChild({ ...env, DATABASE_URL: target.url });
      await serving(child);
    } finally {
      await server.close();
    }
  });

  test('killed at any moment, the command or the server: whichever database counts then has everything, and the move can be ended', {
    timeout: 400_000,
  }, async () => {
    const dice = createDice(seed);
    const tally = { command: 0, server: 0, stayed: 0, gone: 0, mended: 0 };
    for (let round = 0; round < 4; round++) {
      using data = folder();
      await using target = await freshDatabase('mysql');
      const env = { DATA_DIR: data.path, RATE_LIMITS: 'off', PORT: String(await freePort()) };
      const old = `sqlite:${join(data.path, 'koreromai.db')}`;
      let child = startChild(env);
      await serving(child);
      const talk = await startTalk(child.url, 4, 40);
      const victim = round % 2 === 0 ? 'server' : 'command';
      const command = begin(env, 'move', '--to', target.url);
      if (victim === 'server') {
        // When it stops answering it is handing over: that is where killing it is worth most.
        await eventually(
          'the hand-over',
          () =>
            fetch(`${child.url}/healthz`).then(
              () => false,
              () => true,
            ),
          { within: 60_000, every: 5 },
        );
        await wait(dice.below(700));
        child.process.kill('SIGKILL');
        await child.ended;
        child = startChild(env);
        await Promise.race([serving(child).catch(() => {}), child.ended]);
      } else {
        await wait(500 + dice.below(6_000));
        command.kill();
      }
      await command.ended;
      tally[victim]++;
      let url = old;
      const lives = () =>
        fetch(`${child.url}/readyz`).then(
          (r) => r.ok,
          () => false,
        );
      // A server that was handing over when the command was killed is back a moment later.
      await eventually('a server, or its word that all has gone', async () => (await lives()) || child.err().includes('was moved to'));
      if (!(await lives())) {
        // It says that everything has gone; the command has ended the move, or does so now.
        expect(child.err()).toContain('was moved to');
        const mended = await koreromai(env, 'move', '--to', target.url);
        if (mended.code === 0) tally.mended++;
        else expect(mended.err).toContain('was moved there already');
        url = target.url;
        child = startChild({ ...env, DATABASE_URL: url });
        await serving(child);
        tally.gone++;
      } else tally.stayed++;
      const then = talk.acked.length;
      await eventually('talk that goes on', () => talk.acked.length > then + 10);
      await talk.stop();
      if (url === old) {
        const moved = await koreromai(env, 'move', '--to', target.url); // it can always be done again, or is done already
        if (moved.code !== 0) expect(moved.err).toMatch(/already/);
      }
      child.process.kill('SIGTERM');
      await child.ended;
      const wrong = await wrongIn(target.url, talk.acked);
      expect([round, wrong]).toEqual([round, { lost: [], doubled: [] }]);
    }
    process.stdout.write(`move, killed: ${JSON.stringify(tally)}, lost 0, doubled 0\n`);
  });
});
