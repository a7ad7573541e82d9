import { type Dialect, eachDatabase } from '@koreromai/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anotherProcess, type Process } from '../test/process.ts';
import { tally, verdict } from '../test/refused.ts';
import { createWorld, type Person, type World } from '../test/world.ts';

const rounds = 200;
const names = ['owner', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8', 'c1', 'c2', 'c3', 'c4', 'c5'] as const;

eachDatabase('membership under fire', (dialect: Dialect) => {
  let world: World;
  let other: Process;
  let people: Person[];

  beforeAll(async () => {
    world = await createWorld(dialect);
    people = await world.people(...names);
    other = await anotherProcess(world);
  });
  afterAll(async () => {
    await other[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  });

  /** The owner through one process or the other, by turns. SQLite has one lane only. */
  const through = (turn: number, who: Person) => (dialect === 'mysql' && turn % 2 ? other.as(who) : who.api);

  async function fillRace(members: number): Promise<{ added: number; full: number }> {
    const [owner, ...rest] = people;
    if (!owner) throw new Error('No owner.');
    const group = await world.group(owner, rest.slice(0, members - 1));
    const candidates = rest.slice(8);
    const seen = { added: 0, full: 0 };
    for (let round = 0; round < rounds; round++) {
      const verdicts = await Promise.all(
        candidates.map((c, i) =>
          verdict(through(round + i, owner).members.add({ conversationId: group.id, person: i % 2 ? c.id : c.email })),
        ),
      );
      const counts = tally(verdicts);
      expect(counts, `round ${round}`).toEqual({ done: 10 - members, GROUP_FULL: candidates.length - (10 - members) });
      seen.added += counts.done ?? 0;
      seen.full += counts.GROUP_FULL ?? 0;
      const won = candidates.filter((_, i) => verdicts[i] === 'done').map((c) => c.id);
      const after = await owner.api.conversations.update({ conversationId: group.id, remove: won });
      expect(after.seats).toBe(members);
    }
    return seen;
  }

  test('M2: with nine active, adding five at once lets exactly one in, 200 times', async () => {
    const seen = await fillRace(9);
    process.stdout.write(`M2 nine active [${dialect}]: ${rounds} rounds, ${seen.added} added, ${seen.full} refused\n`);
    expect(seen).toEqual({ added: rounds, full: rounds * 4 });
    expect(world.faults).toEqual([]);
  });

  test('M2: with two seats free, adding five at once lets exactly two in, 200 times', async () => {
    const seen = await fillRace(8);
    process.stdout.write(`M2 two free [${dialect}]: ${rounds} rounds, ${seen.added} added, ${seen.full} refused\n`);
    expect(seen).toEqual({ added: rounds * 2, full: rounds * 3 });
    expect(world.faults).toEqual([]);
  });

  test('M3: adding one person twice at once makes one event, and both are told yes, 200 times', async () => {
    const [owner, a, b, late] = people;
    if (!owner || !a || !b || !late) throw new Error('Four people are needed.');
    const group = await world.group(owner, [a, b]);
    for (let round = 0; round < rounds; round++) {
      const add = (turn: number) => through(turn, owner).members.add({ conversationId: group.id, person: late.email });
      const both = await Promise.all([add(round), add(round + 1)]);
      expect(both.map((r) => r.status).sort()).toEqual(['added', 'alreadyMember']);
      await owner.api.members.remove({ conversationId: group.id, userId: late.id });
    }
    const events = await world.services.log.everything(0, 1_000_000);
    const added = events.filter((e) => e.stream === group.id && e.type === 'member.added' && e.subject === late.id).length;
    const told = events.filter((e) => e.stream === late.id && e.type === 'you.added' && e.subject === group.id).length;
    process.stdout.write(`M3 [${dialect}]: ${rounds} rounds, ${added} events\n`);
    expect({ added, told }).toEqual({ added: rounds, told: rounds });
    expect(world.faults).toEqual([]);
  });
});
