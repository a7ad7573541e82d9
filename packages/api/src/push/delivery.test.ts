import { limits } from '@koreromai/contract';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createScene } from './test/scene.ts';

eachDatabase('push services', (dialect: Dialect) => {
  test('UI28: a push service that is busy or silent is asked again, a few times; what it knows no more is forgotten', async () => {
    await using scene = await createScene(dialect);
    const [hana, wiremu] = await scene.world.people('hana', 'wiremu');
    const direct = await scene.world.direct(hana, wiremu);
    const browser = await scene.listening(wiremu);
    const { answers, asked } = scene.service;
    answers.set(browser.path, { status: 503 });
    await scene.say(hana, direct.id);
    await scene.told();
    expect([asked.length, await scene.waiting()]).toEqual([1, [1]]);
    await scene.told(limits.push.retryAfter[0] - 1);
    expect(asked).toHaveLength(1); // not sooner
    await scene.told(1);
    expect([asked.length, await scene.waiting()]).toEqual([2, [2]]);
    answers.set(browser.path, { status: 429, headers: { 'retry-after': '300' } });
    await scene.told(limits.push.retryAfter[1]);
    await scene.told(299_999);
    expect([asked.length, await scene.waiting()]).toEqual([3, [3]]); // as long as it asked for
    answers.delete(browser.path);
    expect((await scene.told(1)).map((t) => t.news.count)).toEqual([1]);
    expect(await scene.waiting()).toEqual([]);

    answers.set(browser.path, { status: 500 });
    await scene.say(hana, direct.id);
    await scene.told();
    for (const pause of limits.push.retryAfter) await scene.told(pause);
    expect(asked).toHaveLength(4 + 1 + limits.push.retryAfter.length);
    expect(await scene.waiting()).toEqual([]); // given up, and the browser stays
    for (const status of [410, 404]) {
      const lost = await scene.listening(wiremu);
      answers.set(lost.path, { status });
      await scene.say(hana, direct.id);
      await scene.told();
      expect(await scene.browsers()).toEqual([browser.subscription.endpoint]);
    }
  });

  test('UI28: what is said while a push is on its way is told after it', async () => {
    await using scene = await createScene(dialect);
    const [hana, wiremu] = await scene.world.people('hana', 'wiremu');
    const direct = await scene.world.direct(hana, wiremu);
    const browser = await scene.listening(wiremu);
    const answered = Promise.withResolvers<void>();
    scene.service.answers.set(browser.path, { status: 201, when: answered.promise });
    await scene.say(hana, direct.id);
    await scene.world.services.caughtUp();
    scene.world.clock.now += limits.push.gather;
    const all = scene.world.services.push.idle();
    await eventually('the first is on its way', () => scene.service.delivered.length === 1);
    await scene.say(hana, direct.id);
    await scene.world.services.caughtUp();
    answered.resolve();
    await all;
    expect((await scene.told()).map((t) => t.news.count)).toEqual([1, 2]);
    expect(await scene.waiting()).toEqual([]);
  });

  test('UI28: what a push service refuses is not offered again, and the log hears of it once a minute', async () => {
    await using scene = await createScene(dialect);
    const [hana, wiremu] = await scene.world.people('hana', 'wiremu');
    const direct = await scene.world.direct(hana, wiremu);
    const browser = await scene.listening(wiremu);
    scene.service.answers.set(browser.path, { status: 403 });
    for (const pause of [1_000, 1_000, 60_000]) {
      await scene.say(hana, direct.id);
      await scene.told(pause);
    }
    expect([scene.service.asked.length, await scene.waiting(), await scene.browsers()]).toEqual([3, [], [browser.subscription.endpoint]]);
    const faults = scene.world.faults.splice(0).map(String);
    expect(faults).toEqual(Array(2).fill('Error: The push service at https://push.example.nz refused a message.'));
  });

  test('UI28: a push service that does not answer holds up neither a post nor anybody else’s news', async () => {
    await using scene = await createScene(dialect);
    const [hana, wiremu, mere] = await scene.world.people('hana', 'wiremu', 'mere');
    const group = await scene.world.group(hana, [wiremu, mere]);
    for (let i = 0; i < limits.push.perPerson; i++) scene.service.answers.set((await scene.listening(wiremu)).path, 'silence');
    const hers = await scene.listening(mere);
    await scene.say(hana, group.id);
    const from = performance.now();
    await scene.world.services.caughtUp();
    scene.world.clock.now += limits.push.gather;
    const all = scene.world.services.push.idle();
    await eventually('she is told', () => scene.service.delivered.length > 0);
    expect(scene.service.delivered.map((t) => t.path)).toEqual([hers.path]);
    await scene.say(hana, group.id);
    const silent = performance.now() - from;
    expect(silent).toBeLessThan(limits.push.within); // before the first of them was given up
    await scene.world.services.push.close(); // what is on its way is hung up, and goes out at the next start
    await all;
    expect((await scene.waiting()).filter((attempts) => attempts === 0).length).toBeGreaterThanOrEqual(2);
  });
});
