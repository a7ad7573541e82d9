import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

const names = ['mia', 'tama'] as const;
type Name = (typeof names)[number];
const who = fc.constantFrom<Name>(...names);
const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('say' as const), who: fc.constantFrom<Name | 'owner'>('owner', ...names) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('join' as const, 'leave' as const, 'shut' as const, 'open' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('fromJoin' as const, 'all' as const), who }) },
);

/** Whoever has joined may see what is said while they are in; who joins a room that shows everything, what was said before as well (H5). */
function createOracle() {
  let history: 'all' | 'fromJoin' = 'fromJoin';
  const [said, allowed, inside] = [[] as string[], new Set<Name>(names), new Set<Name>()];
  const theirs = new Map<Name, Set<string>>(names.map((name) => [name, new Set()]));
  return {
    turn: (to: 'all' | 'fromJoin') => void (history = to),
    say(by: Name | 'owner', id: string) {
      if (by !== 'owner' && !allowed.has(by)) return 'ROOM_ACCESS_DENIED';
      if (by !== 'owner' && history === 'fromJoin' && !inside.has(by)) return 'JOIN_FIRST';
      said.push(id);
      for (const name of inside) theirs.get(name)?.add(id);
      return 'done';
    },
    join(name: Name) {
      if (!allowed.has(name)) return 'ROOM_ACCESS_DENIED';
      if (!inside.has(name) && history === 'all') for (const id of said) theirs.get(name)?.add(id);
      inside.add(name);
      return 'done';
    },
    leave: (name: Name) => void inside.delete(name),
    /** Off the list: in a room that shows what follows, that is leaving; in the other the place is kept. */
    shut(name: Name) {
      if (allowed.delete(name) && history === 'fromJoin') inside.delete(name);
    },
    /** Who kept a place while the door was shut has it back, from now on where it shows what follows. */
    open: (name: Name) => void allowed.add(name),
    keeps: (name: Name) => !allowed.has(name) && inside.has(name),
    sees(name: Name): string[] | 'ROOM_ACCESS_DENIED' {
      if (!allowed.has(name)) return 'ROOM_ACCESS_DENIED';
      if (inside.has(name)) return said.filter((id) => theirs.get(name)?.has(id));
      return history === 'all' ? [...said] : [];
    },
  };
}

eachDatabase('H3: rooms that show what is said since one joined, against the oracle', (dialect: Dialect) => {
  const cast = createCast(dialect, ['owner', ...names]);
  const runs = dialect === 'sqlite' ? 15 : 8;
  let rooms = 0;

  test(`list, pins, search, last message, unread and replay, after every command of ${runs} scripts`, async () => {
    let cells = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 8, maxLength: 18 }), async (script) => {
        const start = await cast.world.services.log.head();
        const { id: roomId } = await cast.owner.api.rooms.create({ name: `Oracle ${++rooms}`, access: 'allowlist', history: 'fromJoin' });
        for (const name of names) await cast.owner.api.rooms.allow({ roomId, userId: cast[name].id });
        const oracle = createOracle();
        for (const step of script) {
          const { does } = step;
          if (does === 'say') {
            const id = crypto.randomUUID();
            const posted = await verdict(cast[step.who].api.messages.post({ conversationId: roomId, id, text: 'kōrero' }));
            expect(posted).toBe(oracle.say(step.who, id));
            if (posted === 'done') await cast.owner.api.pins.add({ messageId: id });
          } else if (does === 'join') {
            expect(await verdict(cast[step.who].api.rooms.follow({ roomId }))).toBe(oracle.join(step.who));
          } else if (does === 'leave') {
            await verdict(cast[step.who].api.rooms.unfollow({ roomId }));
            oracle.leave(step.who);
          } else if (does === 'shut') {
            await cast.owner.api.rooms.disallow({ roomId, userId: cast[step.who].id });
            oracle.shut(step.who);
          } else if (does === 'open') {
            if (oracle.keeps(step.who)) continue; // a kept place: its own test
            await cast.owner.api.rooms.allow({ roomId, userId: cast[step.who].id });
            oracle.open(step.who);
          } else {
            await cast.owner.api.rooms.update({ roomId, history: does });
            oracle.turn(does);
          }
          await cast.world.services.caughtUp();
          for (const name of names) {
            cells++;
            const { api } = cast[name];
            const seen = oracle.sees(name);
            if (seen === 'ROOM_ACCESS_DENIED') {
              expect(await verdict(api.messages.list({ conversationId: roomId }))).toBe(seen);
              expect((await api.search.messages({ q: 'kōrero' })).items.some((m) => m.conversationId === roomId)).toBe(false);
              continue;
            }
            const [list, pins, found, room] = await Promise.all([
              api.messages.list({ conversationId: roomId, order: 'asc', limit: 100 }),
              api.pins.list({ conversationId: roomId, limit: 100 }),
              api.search.messages({ q: 'kōrero', in: roomId, limit: 100 }),
              api.rooms.get({ roomId }),
            ]);
            expect(list.items.map((m) => m.id)).toEqual(seen);
            expect(new Set(pins.items.map((p) => p.message.id))).toEqual(new Set(seen));
            expect(new Set(found.items.map((m) => m.id))).toEqual(new Set(seen));
            expect(room.lastMessage?.id ?? null).toBe(seen.at(-1) ?? null);
            const own = list.items.findLastIndex((m) => m.author.id === cast[name].id);
            expect(room.unreadCount).toBe(list.items.slice(own + 1).length);
          }
        }
        for (const name of names) {
          const feed = cast.world.subscribe(cast[name], start);
          await eventually('the replay ends', () => feed.frames.some((f) => f.frame.type === 'checkpoint'), { every: 1 });
          await feed.stop();
          const seen = oracle.sees(name);
          const told = feed.frames.flatMap(({ frame }) =>
            frame.type === 'message.created' && frame.stream === roomId ? [frame.message.id] : [],
          );
          for (const id of told) expect(seen).toContain(id);
        }
      }),
      { numRuns: runs },
    );
    process.stdout.write(`H3, fromJoin [${dialect}]: ${runs} scripts, ${cells} views compared\n`);
    expect(cells).toBeGreaterThan(runs * 8);
  });
});
