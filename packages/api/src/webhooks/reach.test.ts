import { eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { all, bodyOf, createScene } from './test/scene.ts';
import { createWebhooks } from './webhooks.ts';

eachDatabase('where webhooks reach', (dialect) => {
  test('IN8, S2, S8: a name that leads into a private network, also among others and only later, is not dialled', async () => {
    let addresses = ['93.184.216.34'];
    await using scene = await createScene(dialect, () => addresses);
    const { receiver, wiremu } = scene;
    const { id } = await scene.make();
    for (const inside of [
      ['127.0.0.1'],
      ['10.0.0.7'],
      ['93.184.216.34', '192.168.1.1'],
      ['::1'],
      ['::ffff:10.0.0.1'],
      ['169.254.169.254'],
      ['fd00::1'],
    ]) {
      addresses = inside; // rebound since it was made
      await scene.say(wiremu, inside.join());
      expect(await scene.told()).toEqual([]);
      expect((await scene.deliveries(id))[0]).toMatchObject({
        state: 'waiting',
        status: null,
        error: 'This is no host of the public Internet, or it hung up.',
      });
    }
    expect(receiver.dialled).toEqual([]);
    addresses = ['93.184.216.34'];
    await scene.say(wiremu, 'outside');
    expect((await scene.told()).length).toBeGreaterThan(0);
    expect(new Set(receiver.dialled)).toEqual(new Set(['93.184.216.34']));
  });

  test('IN8, H1: it ends with the stay of who made it: taken out, suspended or gone, nothing of what is said then goes out; a closed chat tells that it closed', async () => {
    for (const how of ['left', 'suspended', 'deleted'] as const) {
      await using scene = await createScene(dialect);
      const { hana, mere, wiremu, root, conversationId } = scene;
      await hana.api.members.setRole({ conversationId, userId: mere.id, role: 'admin' });
      await mere.api.webhooks.create({ conversationId, url: 'https://hooks.example.nz/in', events: all });
      await scene.say(wiremu, 'heard');
      expect(await scene.told()).toHaveLength(1);
      if (how === 'left') await mere.api.conversations.leave({ conversationId });
      else if (how === 'suspended') await root.api.admin.updateUser({ userId: mere.id, suspended: true });
      else await mere.api.users.deleteMe({ password: 'correct horse mere' });
      await scene.say(wiremu, 'unheard');
      expect([how, (await scene.told()).map((t) => t.body).filter((body) => body.includes('unheard'))]).toEqual([how, []]);
      expect((await scene.webhook())?.disabled?.reason).toBe('makerGone');
      await scene.world.services.jobs.idle();
    }
    await using scene = await createScene(dialect);
    await scene.make();
    await scene.hana.api.conversations.close({ conversationId: scene.conversationId });
    expect((await scene.told()).map((t) => bodyOf(t).type)).toEqual(['conversation.closed']);
  });

  test('IN8, H1: what was said while its maker was out of the chat is not told when they are back', async () => {
    await using scene = await createScene(dialect);
    const { hana, mere, wiremu, conversationId } = scene;
    await hana.api.members.setRole({ conversationId, userId: mere.id, role: 'admin' });
    await mere.api.webhooks.create({ conversationId, url: 'https://hooks.example.nz/in', events: ['message.created'] });
    await mere.api.conversations.leave({ conversationId });
    await scene.say(wiremu, 'while she was out');
    await hana.api.members.add({ conversationId, person: mere.id });
    expect((await scene.told()).map((t) => t.body)).toEqual([]);
  });

  test('IN9: two workers share the deliveries: each goes out once; one that was cut off while sending goes out again under its id', async () => {
    await using scene = await createScene(dialect);
    const { world, receiver, wiremu } = scene;
    const { services, db, clock } = world;
    await scene.make();
    const rival = createWebhooks({
      db,
      lane: services.lane,
      project: services.project,
      send: receiver.send,
      now: () => clock.now,
      onFault: (e) => void world.faults.push(e),
      every: 5,
    });
    for (let i = 0; i < 20; i++) await scene.say(wiremu, `${i}`);
    await services.caughtUp();
    await Promise.all([services.webhooks.idle(), rival.idle()]);
    await eventually('all are told', () => receiver.received.length >= 20 || null);
    await services.webhooks.idle();
    expect(new Set(receiver.received.map((r) => r.id)).size).toBe(20);
    expect(receiver.received).toHaveLength(20);
    await rival.close();
    receiver.received.length = 0;
    await services.webhooks.idle();
    await services.webhooks.close(); // lets the claim go

    const never = Promise.withResolvers<void>();
    receiver.answers.set('/in', { status: 200, when: never.promise });
    const first = createWebhooks({
      db,
      lane: services.lane,
      project: services.project,
      send: receiver.send,
      now: () => clock.now,
      onFault: (e) => void world.faults.push(e),
      every: 5,
    });
    await scene.say(wiremu, 'cut off');
    await services.caughtUp();
    await eventually('it is on its way', () => receiver.received.length === 1 || null);
    await first.close();
    receiver.answers.delete('/in');
    never.resolve();
    const second = createWebhooks({
      db,
      lane: services.lane,
      project: services.project,
      send: receiver.send,
      now: () => clock.now,
      onFault: (e) => void world.faults.push(e),
      every: 5,
    });
    await second.idle();
    await second.close();
    expect(receiver.received.map((r) => r.id)).toEqual(Array(2).fill(receiver.received[0]?.id));
  });
});
