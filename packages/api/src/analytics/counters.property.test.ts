import { bytesOf, idOf, quarterHour } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { dayOf, monthOf, pentadOf } from './count.ts';
import { zoneNamed } from './zone.ts';

const names = ['mia', 'tama', 'rangi'] as const;
type Name = (typeof names)[number];
const hour = 3_600_000;

interface Said {
  readonly id: string;
  readonly conversationId: string;
  readonly by: Name;
  readonly at: number;
}

const command = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('post' as const),
      who: fc.constantFrom(...names),
      where: fc.nat(2),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('delete' as const), which: fc.nat() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      ms: fc.oneof(
        fc.integer({ min: 1, max: quarterHour }),
        fc.integer({ min: 1, max: 30 * hour }),
        fc.integer({ min: 1, max: 40 * 24 * hour }),
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('fold' as const) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('ask' as const) }) },
);
const zones = ['UTC', 'Pacific/Auckland', 'America/New_York', 'Asia/Kathmandu'] as const;
const asked = fc.record({
  tz: fc.constantFrom(...zones),
  /** Shares of the time that has passed; negative is no bound. */
  from: fc.double({ min: -0.3, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1.3, noNaN: true }),
  dates: fc.boolean(),
});

eachDatabase('A1: whatever is posted, deleted, closed and folded, the counters equal a full count', (dialect: Dialect) => {
  const cast = createCast(dialect, ['admin', ...names]);
  const runs = dialect === 'sqlite' ? 25 : 10;

  test(`top users, top conversations and days in ${runs} scripts, any range, any zone`, async () => {
    let [asks, deletes, behind] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.array(command, { minLength: 15, maxLength: 40 }),
        fc.array(asked, { minLength: 6, maxLength: 6 }),
        async (script, questions) => {
          const { world } = cast;
          const began = world.clock.now;
          const others = { mia: [cast.tama, cast.rangi], tama: [cast.mia, cast.rangi], rangi: [cast.mia, cast.tama] };
          const places: string[] = [];
          for (const name of names) places.push((await world.group(cast[name], others[name], `Of ${name}`)).id);
          const closed = new Set<string>();
          let said: Said[] = [];
          let turn = 0;

          /** The whole truth, message by message, as one of them or the admin must be told it. */
          async function ask(): Promise<void> {
            const question = questions[turn++ % questions.length];
            if (!question) return;
            asks++;
            const who = turn % 3 === 0 ? 'admin' : 'mia';
            const instant = (share: number) => new Date(began + Math.floor(share * (world.clock.now - began))).toISOString();
            const text = (share: number) => (question.dates ? instant(share).slice(0, 10) : instant(share));
            const from = question.from < 0 ? undefined : text(question.from);
            const to = question.to > 1 ? undefined : text(question.to);
            const zone = zoneNamed(question.tz);
            if (!zone) throw new Error('It is a zone.');
            const bound = (value: string) =>
              value.length === 10 ? zone.firstInstantOf(Date.parse(value) / 86_400_000) : Date.parse(value);
            const [low, high] = [from === undefined ? began : bound(from), to === undefined ? Number.POSITIVE_INFINITY : bound(to)];
            if (low >= high) return;
            // The admin is asked about one of these chats at a time, because other scripts left theirs behind.
            const only = who === 'admin' ? places[turn % places.length] : undefined;
            const input = {
              from: from ?? new Date(began).toISOString(),
              to,
              tz: question.tz,
              limit: 100,
              ...(only && { conversationId: only }),
            };
            const counted = said.filter(
              (m) => (only === undefined ? !closed.has(m.conversationId) : m.conversationId === only) && m.at >= low && m.at < high,
            );
            const { api } = cast[who];
            const users = await api.analytics.topUsers(input);
            expect(users.items.map((row) => [row.user.id, row.messages])).toEqual(
              ranked(
                counted.map((m) => m.by),
                (n) => n,
              ).map(([n, c]) => [cast[n as Name].id, c]),
            );
            const chats = await api.analytics.topConversations(input);
            const nameOf = (id: string) => (who === 'admin' ? '' : `Of ${names[places.indexOf(id)]}`);
            expect(chats.items.map((row) => [row.conversation.id, row.messages])).toEqual(
              ranked(
                counted.map((m) => m.conversationId),
                nameOf,
              ),
            );
            const days = await api.analytics.daily(input);
            const dates = new Map(
              ranked(
                counted.map((m) => new Date(m.at + zone.offsetAt(m.at)).toISOString().slice(0, 10)),
                (d) => d,
              ),
            );
            if (days.nextCursor === null) expect(days.items.reduce((sum, d) => sum + d.messages, 0)).toBe(counted.length);
            expect(days.items.filter((d) => d.messages > 0).map((d) => [d.day, d.messages])).toEqual(
              [...dates].filter(([d]) => d >= (days.items.at(-1)?.day ?? '')).toSorted(([a], [b]) => (a < b ? 1 : -1)),
            );
          }

          for (const step of script) {
            if (step.does === 'post') {
              const conversationId = places[step.where] ?? '';
              for (let i = 0; i < step.times; i++) {
                const { message } = await cast[step.who].api.messages.post({ conversationId, text: 'Kia ora' });
                said.push({ id: message.id, conversationId, by: step.who, at: Date.parse(message.createdAt) });
              }
            } else if (step.does === 'delete') {
              const gone = said[step.which % Math.max(1, said.length)];
              if (!gone) continue;
              deletes++;
              await cast[gone.by].api.messages.delete({ messageId: gone.id });
              said = said.filter((m) => m !== gone);
            } else if (step.does === 'wait') world.clock.now += step.ms;
            else if (step.does === 'fold') await world.services.caughtUp();
            else {
              await ask();
              const follower = await world.db.read.selectFrom('follower').select('pos').where('name', '=', 'counters').executeTakeFirst();
              if (Number(follower?.pos ?? 0) < (await world.services.log.head())) behind++;
            }
          }
          for (const _ of questions) await ask();
          const last = places[2] ?? '';
          await world.db.read.updateTable('conversation').set({ closed_at: world.clock.now }).where('id', '=', bytesOf(last)).execute();
          closed.add(last);
          for (const _ of questions) await ask();
          await world.services.caughtUp();
          for (const _ of questions) await ask();
          await grainsEqual(places, said);
          world.clock.now += 5 * 24 * hour;
        },
      ),
      { numRuns: runs },
    );
    process.stdout.write(
      `A1 [${dialect}]: ${asks} questions, ${behind} of them while the follower was behind, ${deletes} messages deleted\n`,
    );
    expect(Math.min(asks, deletes, behind)).toBeGreaterThan(0);
  });

  /** Each grain by itself, once the follower is not behind. */
  async function grainsEqual(places: readonly string[], said: readonly Said[]): Promise<void> {
    const { read } = cast.world.db;
    const ids = places.map(bytesOf);
    const nameOf = (id: Buffer) => names.find((name) => cast[name].id === idOf(id)) ?? '';
    const tables = [
      {
        unitOf: (at: number) => Math.floor(at / quarterHour),
        rows: await read
          .selectFrom('counter')
          .select(['conversation_id', 'bucket as unit', 'author_id', 'messages'])
          .where('conversation_id', 'in', ids)
          .execute(),
      },
      {
        unitOf: dayOf,
        rows: await read
          .selectFrom('counter_day')
          .select(['conversation_id', 'day as unit', 'author_id', 'messages'])
          .where('conversation_id', 'in', ids)
          .execute(),
      },
      {
        unitOf: pentadOf,
        rows: await read
          .selectFrom('counter_pentad')
          .select(['conversation_id', 'pentad as unit', 'author_id', 'messages'])
          .where('conversation_id', 'in', ids)
          .execute(),
      },
      {
        unitOf: monthOf,
        rows: await read
          .selectFrom('counter_month')
          .select(['conversation_id', 'month as unit', 'author_id', 'messages'])
          .where('conversation_id', 'in', ids)
          .execute(),
      },
    ];
    for (const { unitOf, rows } of tables) {
      const kept = rows
        .filter((r) => r.messages !== 0)
        .map((r) => [`${idOf(r.conversation_id)} ${r.unit} ${nameOf(r.author_id)}`, Number(r.messages)] as const);
      const full = ranked(
        said.map((m) => `${m.conversationId} ${unitOf(m.at)} ${m.by}`),
        (k) => k,
      );
      expect(new Map(kept)).toEqual(new Map(full));
    }
  }
});

/** How often each comes: most first, then by name, then by key. */
function ranked<K extends string>(keys: readonly K[], nameOf: (key: K) => string): [K, number][] {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const rank = ([a, m]: [K, number], [b, n]: [K, number]) => n - m || compare(nameOf(a), nameOf(b)) || compare(a, b);
  return [...counts].sort(rank);
}
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
