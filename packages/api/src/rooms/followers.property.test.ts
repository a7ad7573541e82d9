import { bytesOf, idOf } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';

const deeds = [
  'join',
  'join',
  'join',
  'join',
  'enter',
  'unfollow',
  'leave',
  'deny',
  'undeny',
  'allow',
  'disallow',
  'depart',
  'give',
] as const;
const rules = ['fromJoin', 'all', 'public', 'password', 'allowlist', 'hook', 'newPassword'] as const;
const seat = fc.integer({ min: 0, max: 3 });
const command = fc.oneof(
  { weight: 40, arbitrary: fc.record({ does: fc.constantFrom(...deeds), seat }) },
  { weight: 10, arbitrary: fc.record({ does: fc.constantFrom(...rules), seat }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('close' as const), seat }) },
);
const password = 'kia kaha kia toa';

eachDatabase('R050: the followers that a room is shown with, against a full count', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'owner', 'p0', 'p1', 'p2', 'p3']);
  const runs = dialect === 'sqlite' ? 60 : 20;
  let [rooms, people] = [0, 0];
  // Whoever is there when a script ends is there when the next begins: accounts that are gone stay gone.
  const seats: Person[] = [];
  let keeper: Person | undefined;

  /** Every room that was ever opened: what is kept of it, and how many stays are open there. */
  async function counts() {
    const { read } = cast.world.db;
    const kept = await read.selectFrom('room_count').select(['conversation_id', 'followers']).execute();
    const stays = await read
      .selectFrom('span as s')
      .innerJoin('conversation as c', 'c.id', 's.conversation_id')
      .select(['s.conversation_id', (of) => of.fn.countAll<number>().as('n')])
      .where('c.kind', '=', 'room')
      .where('s.open', '=', 1)
      .groupBy('s.conversation_id')
      .execute();
    return {
      kept: Object.fromEntries(kept.filter((k) => k.followers !== 0).map((k) => [idOf(k.conversation_id), Number(k.followers)])),
      stays: Object.fromEntries(stays.map((s) => [idOf(s.conversation_id), Number(s.n)])),
    };
  }

  test(`equal after every command of ${runs} scripts of joining, leaving, removing, letting in, handing over, departing and closing`, async () => {
    const seen = { compared: 0, most: 0, departed: 0, closed: 0, handedOver: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 25 }), async (script) => {
        let hooks = 0;
        if (seats.length === 0) seats.push(cast.p0, cast.p1, cast.p2, cast.p3);
        let owner = keeper ?? cast.owner;
        const { id: roomId } = await owner.api.rooms.create({ name: `Counted ${++rooms}`, access: 'allowlist' });
        for (const who of seats) await owner.api.rooms.allow({ roomId, userId: who.id });
        for (const { does, seat } of script) {
          const who = seats[seat] ?? cast.p0;
          const theirs = { roomId, userId: who.id };
          const done = await verdict(act());
          seen.departed += Number(does === 'depart');
          seen.closed += Number(does === 'close' && done === 'done');
          const { kept, stays } = await counts();
          expect(kept, `${does} by ${seat}: ${done}`).toEqual(stays);
          const closed = await cast.world.db.read
            .selectFrom('conversation')
            .select('closed_at')
            .where('id', '=', bytesOf(roomId))
            .executeTakeFirst();
          if (closed?.closed_at === null) {
            const shown = await owner.api.rooms.get({ roomId });
            expect(shown.followers).toBe(shown.canEnter ? (stays[roomId] ?? 0) : null);
            seen.most = Math.max(seen.most, shown.followers ?? 0);
            seen.compared++;
          }

          async function act(): Promise<unknown> {
            if (does === 'join') return who.api.rooms.follow({ roomId });
            if (does === 'enter') return who.api.rooms.enter({ roomId, password });
            if (does === 'unfollow') return who.api.rooms.unfollow({ roomId });
            if (does === 'leave') return who.api.conversations.leave({ conversationId: roomId });
            if (does === 'deny' || does === 'undeny' || does === 'allow' || does === 'disallow') return owner.api.rooms[does](theirs);
            if (does === 'close') return owner.api.rooms.close({ roomId });
            if (does === 'hook') return hooks++ < 2 ? owner.api.hooks.create({ conversationId: roomId, name: 'Karere' }) : undefined;
            if (does === 'fromJoin' || does === 'all') return owner.api.rooms.update({ roomId, history: does });
            if (does === 'newPassword') {
              await owner.api.rooms.update({ roomId, access: 'password', password, history: 'fromJoin' });
              await verdict(who.api.rooms.enter({ roomId, password }));
              await owner.api.rooms.update({ roomId, password });
              return who.api.rooms.enter({ roomId, password }); // their stay lapsed: another one begins in its place
            }
            if (does === 'give') {
              await verdict(owner.api.rooms.allow({ roomId, userId: who.id }));
              await verdict(who.api.rooms.follow({ roomId }));
              await owner.api.conversations.update({ conversationId: roomId, ownerId: who.id });
              seats[seat] = owner;
              keeper = owner = who;
              return seen.handedOver++;
            }
            if (does === 'depart') {
              const name = who.email.split('@')[0];
              await who.api.users.deleteMe({ password: `correct horse ${name}`, eraseMessages: false });
              await cast.world.services.jobs.idle();
              return void (seats[seat] = await cast.world.person(`later${people++}`));
            }
            return owner.api.rooms.update({ roomId, access: does, ...(does === 'password' ? { password } : {}) });
          }
        }
      }),
      { numRuns: runs },
    );
    process.stdout.write(`followers [${dialect}]: ${runs} scripts, ${JSON.stringify(seen)}\n`);
    expect(seen.compared).toBeGreaterThan(runs * 5);
    expect(seen.most).toBeGreaterThan(2);
    expect(Math.min(seen.departed, seen.closed, seen.handedOver)).toBeGreaterThan(0);
  });
});
