import { eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createWorld } from '../test/world.ts';

eachDatabase('starting a chat', (dialect) => {
  test('C3: fifty creates of one pair from both sides make one direct chat', async () => {
    await using world = await createWorld(dialect);
    const [anahera, bea] = await world.people('anahera', 'bea');
    const made = await Promise.all(
      Array.from({ length: 50 }, (_, i) => (i % 2 ? world.direct(anahera, bea) : world.direct(bea, anahera))),
    );
    expect(new Set(made.map((c) => c.id)).size).toBe(1);
    expect(await world.db.read.selectFrom('conversation').select('id').execute()).toHaveLength(1);
    expect(world.faults).toEqual([]);
  });
});
