import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createServices } from '../services.ts';
import { createWorld } from '../test/world.ts';

eachDatabase('the search index follows the log', (dialect: Dialect) => {
  async function scene() {
    const world = await createWorld(dialect);
    const [mia, tama] = await world.people('mia', 'tama');
    const { id } = await world.direct(mia, tama);
    const said = ['kererū', 'tūī', 'kererū again'];
    for (const text of said) await tama.api.messages.post({ conversationId: id, text });
    const found = async (q: string) => (await mia.api.search.messages({ q })).items.map((m) => m.text);
    const counted = async () => (await world.db.read.selectFrom('search_document').select('doc').execute()).length;
    return { world, mia, tama, id, found, counted, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
  }

  test('what was said before there was an index is found after the next start', async () => {
    await using here = await scene();
    const { world } = here;
    await world.services.caughtUp();
    for (const table of ['search_document', dialect === 'sqlite' ? 'message_fts' : 'search_word'] as const)
      await world.db.read.deleteFrom(table).execute();
    await world.db.read.deleteFrom('follower').where('name', '=', 'search').execute();
    expect(await here.found('kereru')).toEqual([]);
    const next = await createServices({ db: world.db, publicUrl: 'http://localhost' });
    await next.caughtUp();
    expect(await here.found('kereru')).toEqual(['kererū again', 'kererū']);
    await next.close();
  });

  test('read again from the beginning it stays what it was', async () => {
    await using here = await scene();
    const { world } = here;
    await world.services.caughtUp();
    const before = await world.db.read.selectFrom('search_document').selectAll().orderBy('doc').execute();
    await world.db.read.updateTable('follower').set({ pos: 0, holder: null, lease_until: 0 }).where('name', '=', 'search').execute();
    const next = await createServices({ db: world.db, publicUrl: 'http://localhost' });
    await next.caughtUp();
    expect(await world.db.read.selectFrom('search_document').selectAll().orderBy('doc').execute()).toEqual(before);
    expect(before).toHaveLength(3);
    expect(await here.found('kereru')).toEqual(['kererū again', 'kererū']);
    await next.close();
  });

  test('more messages in one millisecond than it has places push none out', async () => {
    await using here = await scene();
    await Promise.all(Array.from({ length: 1_030 }, () => here.tama.api.messages.post({ conversationId: here.id, text: 'ruru' })));
    await here.world.services.caughtUp();
    expect(await here.counted()).toBe(1_033);
  });
});
