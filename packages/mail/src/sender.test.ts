import { idOf } from '@koreromai/db';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import type { Compose } from './compose.ts';
import { createSender, retryAfter } from './sender.ts';
import { createOutbox } from './test/outbox.ts';
import { mostWithin } from './test/sink.ts';
import type { Letter } from './transports/transport.ts';

const never = new AbortController().signal;

/** Senders over one outbox with a clock that only they move. */
async function createStand(dialect: Dialect, options: { send?: (letter: Letter) => Promise<void>; compose?: Compose } = {}) {
  const clock = { now: Date.UTC(2026, 10, 21, 3, 0, 0) };
  const outbox = await createOutbox(dialect, () => clock.now);
  const sent: { id: string; at: number }[] = [];
  const faults: unknown[] = [];
  const compose: Compose = async (mail) => ({ id: idOf(mail.id), to: mail.email, subject: 's', text: 't', html: 'h', date: 0 });
  const sender = (lane = outbox.own) =>
    createSender({
      read: outbox.db.read,
      lane,
      now: () => clock.now,
      gateClock: async () => clock.now,
      onFault: (error) => void faults.push(error),
      compose: options.compose ?? compose,
      transport: {
        async send(letter) {
          await options.send?.(letter);
          sent.push({ id: letter.id, at: clock.now });
        },
      },
    });
  return { clock, outbox, sent, faults, sender, [Symbol.asyncDispose]: () => outbox[Symbol.asyncDispose]() };
}

eachDatabase('a sender', (dialect: Dialect) => {
  test('N4: a hundred mails by three workers of two processes: no closed second of the clock holds more than two', async () => {
    await using stand = await createStand(dialect);
    await stand.outbox.queue(100);
    const other = stand.outbox.lane();
    const workers = [stand.sender(), stand.sender(), stand.sender(other)];
    while (stand.sent.length < 100) {
      const waits = dialect === 'mysql' ? await Promise.all(workers.map((w) => w.next(never))) : [];
      if (dialect === 'sqlite') for (const w of workers) waits.push(await w.next(never));
      stand.clock.now += Math.max(1, Math.min(...waits));
    }
    const times = stand.sent.map((s) => s.at);
    expect(mostWithin(times, 1_000)).toBe(2);
    expect(new Set(stand.sent.map((s) => s.id)).size).toBe(100);
    expect((times[99] ?? 0) - (times[0] ?? 0)).toBeLessThan(100 * 520); // nor much slower than it may be
    expect(stand.faults).toEqual([]);
  });

  test('N4: what fails is tried five times more, later and later, then given up with its reason; the mails behind it go out', async () => {
    await using stand = await createStand(dialect, {
      async send(letter) {
        if (letter.to === 'person0@example.nz') throw new Error('550 no such person');
      },
    });
    await stand.outbox.queue(2);
    const sender = stand.sender();
    const tries: number[] = [];
    const start = stand.clock.now;
    for (let i = 0; i < 40; i++) {
      const before = stand.faults.length;
      const wait = await sender.next(never);
      if (stand.faults.length > before) tries.push(stand.clock.now - start);
      const due = (await stand.outbox.rows()).filter((m) => m.state === 'queued').map((m) => Number(m.run_after));
      if (wait > 0 || due.length > 0) stand.clock.now = Math.max(stand.clock.now + 510, ...due);
    }
    expect(tries).toHaveLength(6);
    const gaps = tries.slice(1).map((at, i) => at - (tries[i] ?? 0));
    for (const [i, gap] of gaps.entries()) expect(gap).toBeGreaterThanOrEqual(retryAfter[i] ?? 0);
    expect((await stand.outbox.rows()).map((m) => [m.state, m.attempts, m.last_error])).toEqual([
      ['dead', 6, '550 no such person'],
      ['sent', 1, null],
    ]);
  });

  test('I10: killed between the answer of the mail server and the note of it, a mail goes out once more with the same id, and the gate stays shut meanwhile', async () => {
    let dies = true;
    const dead = Promise.withResolvers<void>();
    await using stand = await createStand(dialect);
    await stand.outbox.queue(2);
    const lane = stand.outbox.lane();
    const dying = createSender({
      read: stand.outbox.db.read,
      lane: {
        change: (kind, input) =>
          kind.name === 'mail.left' && dies ? dead.promise.then(() => lane.change(kind, input)) : lane.change(kind, input),
      },
      now: () => stand.clock.now,
      gateClock: async () => stand.clock.now,
      onFault: (error) => void stand.faults.push(error),
      compose: async (mail) => ({ id: idOf(mail.id), to: mail.email, subject: 's', text: 't', html: 'h', date: 0 }),
      transport: { send: async (letter) => void stand.sent.push({ id: letter.id, at: stand.clock.now }) },
    });
    const hanging = dying.next(never);
    await eventually('the mail is out', () => stand.sent.length === 1);
    const id = stand.sent[0]?.id;
    const heir = stand.sender();
    expect(await heir.next(never)).toBe(100); // shut: somebody is on the wire, for all it knows
    stand.clock.now += 59_999;
    expect(await heir.next(never)).toBeGreaterThan(0);
    expect(stand.sent).toHaveLength(1);
    stand.clock.now += 1;
    await heir.next(never);
    stand.clock.now += 510;
    await heir.next(never);
    expect(stand.sent.map((s) => s.id).filter((s) => s === id)).toHaveLength(2);
    expect(stand.sent).toHaveLength(3);
    const before = await stand.outbox.rows();
    dies = false;
    dead.resolve(); // the dead one wakes and must change nothing
    await hanging;
    expect(await stand.outbox.rows()).toEqual(before);
    expect(before.map((m) => m.state)).toEqual(['sent', 'sent']);
  });

  test('a mail that kills every process which tries it is given up after its sixth', async () => {
    await using stand = await createStand(dialect, { send: () => new Promise(() => {}) });
    await stand.outbox.queue(1);
    for (let i = 0; i < 6; i++) {
      void stand.sender().next(never); // as if killed: never heard of again
      await eventually('it is tried', async () => (await stand.outbox.rows())[0]?.attempts === i + 1);
      stand.clock.now += 60_001;
    }
    await stand.sender().next(never);
    expect(await stand.outbox.rows()).toMatchObject([{ state: 'dead', attempts: 7, last_error: 'Every process that tried died.' }]);
  });

  test('a mail that is no longer wanted leaves the gate open for the next', async () => {
    await using stand = await createStand(dialect, { compose: async () => ({ cancelled: 'Read meanwhile.' }) });
    await stand.outbox.queue(3);
    const sender = stand.sender();
    for (let i = 0; i < 3; i++) expect(await sender.next(never)).toBe(0);
    expect((await stand.outbox.rows()).map((m) => [m.state, m.last_error])).toEqual(Array(3).fill(['cancelled', 'Read meanwhile.']));
    expect(await stand.outbox.gate()).toMatchObject({ holder: null });
  });
});
