import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { anotherProcess } from '../test/process.ts';

const rounds = 100;

eachDatabase('a feed under fire', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'rangi']);

  test('L2, G5: subscribing while two processes post in two chats, 100 times: no gap, nothing twice, in order', async () => {
    const { world, mia, tama, rangi } = cast;
    await using other = await anotherProcess(world);
    const chats = [await world.direct(mia, tama), await world.direct(mia, rangi)].map((c) => c.id);
    const through = (i: number) => (dialect === 'mysql' && i % 2 ? other.as(tama) : tama.api);
    const third = dialect === 'mysql' ? other.as(rangi) : rangi.api;
    let told = 0;
    let replayed = 0;
    for (let round = 0; round < rounds; round++) {
      const from = await world.services.log.head();
      const posts = [0, 1, 2, 3].flatMap((i) => [
        through(i).messages.post({ conversationId: chats[0] ?? '', text: `${round}` }),
        third.messages.post({ conversationId: chats[1] ?? '', text: `${round}` }),
      ]);
      await Promise.all(posts.slice(0, round % 8)); // that many are stored before, the rest is on its way
      const feed = world.subscribe(mia, from);
      const wanted = (await Promise.all(posts)).map((p) => `${p.message.conversationId} ${p.message.seq}`);
      await world.services.live.look();
      const got = () => feed.frames.flatMap(({ frame }) => (frame.type === 'message.created' ? [`${frame.stream} ${frame.seq}`] : []));
      await eventually('all of it arrives', () => got().length >= wanted.length, { every: 2 });
      await feed.stop();
      expect(got().toSorted(), `round ${round}`).toEqual(wanted.toSorted());
      const pos = feed.frames.map((f) => f.pos);
      expect(pos).toEqual(pos.toSorted((a, b) => a - b));
      told += wanted.length;
      replayed += feed.frames.findIndex((f) => f.frame.type === 'checkpoint');
    }
    process.stdout.write(`feed [${dialect}]: ${rounds} subscriptions, ${told} messages, ${replayed} of them replayed\n`);
    expect(replayed).toBeGreaterThan(0);
    expect(replayed).toBeLessThan(told);
  });
});
