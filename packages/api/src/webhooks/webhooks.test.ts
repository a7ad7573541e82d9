import { type ErrorCode, limits, type WebhookEvent } from '@koreromai/contract';
import { bytesOf } from '@koreromai/db';
import { eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { verdict } from '../test/refused.ts';
import { genuine } from './test/receiver.ts';
import { bodyOf, createScene } from './test/scene.ts';

const refused = async (call: Promise<unknown>, code: ErrorCode) => expect(await verdict(call)).toBe(code);
/** Beyond the pause with all its jitter. */
const pause = (i: number) => Math.ceil((limits.webhooks.retryAfter[i] ?? 0) * 1.1) + 1;

eachDatabase('outgoing webhooks', (dialect) => {
  test('IN6, S8: what happens in the chat is told, signed by the secret that was shown once, as members hear of it and without any address', async () => {
    await using scene = await createScene(dialect);
    const { wiremu, hana, world, conversationId } = scene;
    await scene.say(wiremu, 'before it listened');
    const made = await scene.make();
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const { secret, ...shown } = made;
    expect(await scene.webhook()).toEqual(shown);
    const message = await scene.say(wiremu);
    const [told, ...more] = await scene.told();
    expect(more).toEqual([]);
    if (!told) throw new Error('Nothing was told.');
    expect(bodyOf(told)).toMatchObject({
      type: 'message.created',
      data: { type: 'message.created', stream: conversationId, message: { id: message.id, text: 'Kia ora', author: { id: wiremu.id } } },
    });
    expect(told.body).not.toMatch(/@example\.nz|email/);
    expect(genuine(told, secret)).toBe(true);
    expect(genuine({ ...told, body: `${told.body} ` }, secret)).toBe(false);
    expect(told.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-timestamp': String(Math.floor(world.clock.now / 1_000)),
    });
    await wiremu.api.messages.edit({ messageId: message.id, text: 'Kia ora koutou' });
    await hana.api.reactions.like({ messageId: message.id });
    await wiremu.api.messages.delete({ messageId: message.id });
    await hana.api.conversations.update({ conversationId, name: 'Not asked for' });
    expect((await scene.told()).map((t) => bodyOf(t).type).toSorted()).toEqual(['message.deleted', 'message.updated', 'reaction.added']);
    const other = await world.group(hana, [wiremu, scene.mere]);
    await hana.api.messages.post({ conversationId: other.id, text: 'elsewhere' });
    expect(await scene.told()).toEqual([]);
  });

  test('IN6, S8: only who tends a group or room makes, sees, ends and mends webhooks; only https addresses of the public Internet are taken', async () => {
    await using scene = await createScene(dialect);
    const { hana, wiremu, root, conversationId, world } = scene;
    const url = 'https://hooks.example.nz/in';
    const events: WebhookEvent[] = ['message.created'];
    const made = await scene.make(url, events);
    await scene.say(wiremu);
    await scene.told();
    const [delivery] = await scene.deliveries(made.id);
    const refs = { conversationId, webhookId: made.id };
    for (const [who, code] of [
      [wiremu, 'NOT_ADMIN'],
      [root, 'NOT_FOUND'],
    ] as const) {
      await refused(who.api.webhooks.create({ conversationId, url, events }), code);
      await refused(who.api.webhooks.list({ conversationId }), code);
      await refused(who.api.webhooks.deliveries(refs), code);
      await refused(who.api.webhooks.enable(refs), code);
      await refused(who.api.webhooks.resend({ ...refs, deliveryId: delivery?.id ?? '' }), code);
      await refused(who.api.webhooks.remove(refs), code);
    }
    const { id: direct } = await world.direct(hana, wiremu);
    await refused(hana.api.webhooks.create({ conversationId: direct, url, events }), 'DIRECT_IMMUTABLE');
    const bad = [
      'http://hooks.example.nz/',
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://10.0.0.7/',
      'https://169.254.169.254/latest',
      'https://0x7f.1/',
      'https://localhost/',
      'https://db.internal/',
      'https://hooks.example.nz:8443/',
      'https://a:b@hooks.example.nz/',
      'file:///etc/passwd',
      'x',
    ];
    for (const one of bad) await refused(hana.api.webhooks.create({ conversationId, url: one, events }), 'BAD_INPUT');
    const { id: other } = await world.group(hana, [wiremu, scene.mere]);
    for (const call of [hana.api.webhooks.remove, hana.api.webhooks.enable, hana.api.webhooks.deliveries])
      await refused(call({ conversationId: other, webhookId: made.id }), 'NOT_FOUND');
    await refused(hana.api.webhooks.resend({ conversationId: other, webhookId: made.id, deliveryId: delivery?.id ?? '' }), 'NOT_FOUND');
    for (let i = 1; i < limits.webhooks.perConversation; i++) await scene.make();
    await refused(scene.make(), 'TOO_MANY_HOOKS');
    await hana.api.webhooks.remove(refs);
    await refused(hana.api.webhooks.deliveries(refs), 'NOT_FOUND');
    const left = await world.services.read.selectFrom('webhook_delivery').select('id').where('webhook_id', '=', bytesOf(made.id)).execute();
    expect(left).toEqual([]);
  });

  test('IN7, S8: what fails is tried again after 5 s and later and later, under the same id; the log of deliveries says how it went', async () => {
    await using scene = await createScene(dialect);
    const { receiver, wiremu } = scene;
    const { id, secret } = await scene.make();
    receiver.answers.set('/in', { status: 503 });
    await scene.say(wiremu);
    const [first] = await scene.told();
    expect((await scene.deliveries(id))[0]).toMatchObject({ state: 'waiting', status: 503, attempts: 1, error: 'It answered 503.' });
    expect((await scene.webhook())?.failingSince).not.toBeNull();
    expect(await scene.told(Math.floor((limits.webhooks.retryAfter[0] ?? 0) * 0.9) - 1), 'not yet').toEqual([]);
    const ids = new Set([first?.id]);
    for (let i = 0; i < 3; i++) {
      const [again, ...more] = await scene.told(pause(i));
      expect([again?.body, more]).toEqual([first?.body, []]);
      if (again) expect(genuine(again, secret)).toBe(true);
      ids.add(again?.id);
    }
    expect(ids.size).toBe(1);
    receiver.answers.delete('/in');
    expect(await scene.told(pause(3))).toHaveLength(1);
    expect((await scene.deliveries(id))[0]).toMatchObject({ state: 'sent', status: 200, attempts: 5, error: null, nextTryAt: null });
    expect((await scene.webhook())?.failingSince).toBeNull();
  });

  test('IN7, S8: after its last try a delivery has failed, and can be sent again; after days of failing nothing more is sent, with the reason, until somebody lets it', async () => {
    await using scene = await createScene(dialect);
    const { receiver, wiremu, hana, conversationId } = scene;
    const { id: webhookId } = await scene.make();
    receiver.answers.set('/in', { status: 500 });
    await scene.say(wiremu);
    let tries = (await scene.told()).length;
    for (let i = 0; i < limits.webhooks.retryAfter.length; i++) tries += (await scene.told(pause(i))).length;
    expect(tries).toBe(limits.webhooks.retryAfter.length + 1);
    const [failed] = await scene.deliveries(webhookId);
    expect(failed).toMatchObject({ state: 'failed', attempts: tries, nextTryAt: null });
    expect(await scene.told(limits.webhooks.retryAfter.at(-1))).toEqual([]);
    await scene.say(wiremu, 'and again');
    expect(await scene.told(limits.webhooks.givesUpAfter)).toHaveLength(1);
    expect((await scene.webhook())?.disabled?.reason).toBe('failing');
    expect((await scene.deliveries(webhookId)).map((d) => d.state)).toEqual(['failed', 'failed']);
    await scene.say(wiremu, 'unheard');
    expect(await scene.told(86_400_000)).toEqual([]);
    const deliveryId = failed?.id ?? '';
    await refused(hana.api.webhooks.resend({ conversationId, webhookId, deliveryId }), 'WEBHOOK_DISABLED');
    await hana.api.webhooks.enable({ conversationId, webhookId });
    receiver.answers.delete('/in');
    await hana.api.webhooks.resend({ conversationId, webhookId, deliveryId });
    expect((await scene.told()).map((t) => t.id)).toEqual([deliveryId]);
    expect(await scene.webhook()).toMatchObject({ disabled: null, failingSince: null });
    await scene.world.services.webhooks.sweep();
    expect(await scene.deliveries(webhookId)).toHaveLength(2);
    scene.world.clock.now += limits.webhooks.keptFor;
    await scene.world.services.webhooks.sweep();
    expect(await scene.deliveries(webhookId)).toEqual([]);
  });

  test('IN7: 410 ends it at once; a redirect is no success and is not followed; a silent receiver holds up nobody else', async () => {
    await using scene = await createScene(dialect);
    const { receiver, wiremu } = scene;
    receiver.answers.set('/gone', { status: 410 });
    receiver.answers.set('/moved', { status: 302, headers: { location: 'https://hooks.example.nz/elsewhere' } });
    const slow = Promise.withResolvers<void>();
    receiver.answers.set('/slow', { status: 200, when: slow.promise });
    const [gone, moved, , fine] = [
      await scene.make('https://hooks.example.nz/gone'),
      await scene.make('https://hooks.example.nz/moved'),
      await scene.make('https://hooks.example.nz/slow'),
      await scene.make('https://hooks.example.nz/fine'),
    ];
    for (let i = 0; i < 4; i++) await scene.say(wiremu, `${i}`);
    await scene.world.services.caughtUp();
    await eventually('the others are told', () => receiver.received.filter((r) => r.path === '/fine').length === 4 || null);
    slow.resolve();
    const paths = (await scene.told()).map((r) => r.path);
    expect(paths).not.toContain('/elsewhere');
    expect(paths.filter((path) => path === '/slow')).toHaveLength(4);
    const reasons = new Map(
      (await scene.hana.api.webhooks.list({ conversationId: scene.conversationId })).items.map((w) => [w.id, w.disabled?.reason ?? null]),
    );
    expect([reasons.get(gone.id), reasons.get(moved.id), reasons.get(fine.id)]).toEqual(['gone', null, null]);
    expect((await scene.deliveries(moved.id))[0]).toMatchObject({ state: 'waiting', status: 302 });
    expect((await scene.deliveries(gone.id)).every((d) => d.state === 'failed')).toBe(true);
  });
});
