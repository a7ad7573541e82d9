import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { startMail } from './mail.ts';
import { createOutbox } from './test/outbox.ts';
import { mostWithin, startSink } from './test/sink.ts';
import { smtpTransport } from './transports/smtp.ts';

const worker = join(import.meta.dirname, 'test/worker.ts');

eachDatabase('the gate before the mail server', (dialect: Dialect) => {
  test('R115: three workers, on MySQL in two processes, send forty mails to a real server and no second sees more than two', async () => {
    const mails = 40;
    await using sink = await startSink();
    await using outbox = await createOutbox(dialect);
    const ids = await outbox.queue(mails);
    const children: ChildProcess[] = [];
    const here: ReturnType<typeof startMail>[] = [];
    try {
      if (dialect === 'mysql') {
        for (const workers of [2, 1]) children.push(fork(worker, [outbox.url, sink.url, String(workers)]));
        await Promise.all(children.map((child) => once(child, 'message')));
      } else {
        // One process owns an SQLite file: three workers in it.
        for (let i = 0; i < 3; i++) {
          here.push(
            startMail({
              db: outbox.db,
              lane: outbox.own,
              follow: () => ({ name: 'none', caughtUp: async () => {}, close: async () => {} }),
              transport: smtpTransport(sink.url, { from: 'KoreroMai <chat@example.nz>', host: 'chat.example.nz' }),
              presence: { isOnline: () => false },
              publicUrl: 'https://chat.example.nz',
              now: Date.now,
              onFault: (error) => void outbox.faults.push(error),
            }),
          );
        }
      }
      await eventually(`${mails} mails at the sink`, () => sink.arrivals.length >= mails, { within: 90_000, every: 100 });
    } finally {
      for (const mail of here) await mail.close();
      for (const child of children) {
        const ended = once(child, 'exit');
        child.send('stop');
        await ended;
      }
    }
    const times = sink.arrivals.map((a) => a.at);
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
    const most = mostWithin(times, 1_000);
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
    process.stdout.write(
      `R115 [${dialect}]: ${times.length} mails in ${seconds.toFixed(1)} s by 3 workers in ${children.length || 1} processes, ` +
        `at most ${most} in any closed second, shortest gap ${Math.min(...gaps).toFixed(0)} ms\n`,
    );
    expect(times).toHaveLength(mails);
    expect(most).toBeLessThanOrEqual(2);
    expect(new Set(sink.arrivals.map((a) => a.to[0])).size).toBe(mails);
    expect(sink.arrivals.map((a) => /^Message-ID: <(.+)@chat\.example\.nz>/im.exec(a.raw)?.[1]).toSorted()).toEqual(ids.toSorted());
    expect((await outbox.rows()).every((m) => m.state === 'sent' && m.attempts === 1)).toBe(true);
    expect(outbox.faults).toEqual([]);
  });
});
