import { type ErrorCode, limits } from '@koreromai/contract';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { verdict } from '../test/refused.ts';
import { pushSubscribed } from './changes.ts';
import { createScene } from './test/scene.ts';
import { type Browser, createBrowser } from './test/service.ts';

const refused = async (call: Promise<unknown>, code: ErrorCode) => expect(await verdict(call)).toBe(code);

eachDatabase('browsers that are told', (dialect: Dialect) => {
  test('UI28, S1: only https addresses of the public Internet are taken, and only keys that are some', async () => {
    await using scene = await createScene(dialect);
    const [hana] = await scene.world.people('hana');
    const { keys } = createBrowser().subscription;
    const bad = [
      'http://push.example.nz/a',
      'https://127.0.0.1/a',
      'https://[::1]/a',
      'https://10.0.0.7/a',
      'https://169.254.169.254/latest/meta-data',
      'https://0x7f.1/a',
      'https://localhost/a',
      'https://db.internal/a',
      'https://push.example.nz:8443/a',
      'https://user:word@push.example.nz/a',
      'file:///etc/passwd',
      'nothing',
    ];
    for (const endpoint of bad) await refused(hana.api.push.subscribe({ endpoint, keys }), 'BAD_INPUT');
    const endpoint = 'https://push.example.nz/a';
    await refused(hana.api.push.subscribe({ endpoint, keys: { ...keys, p256dh: `B${'A'.repeat(86)}` } }), 'BAD_INPUT'); // no point of the curve
    await refused(hana.api.push.subscribe({ endpoint, keys: { ...keys, auth: 'short' } }), 'BAD_INPUT');
    await refused(hana.api.push.subscribe({ endpoint: `${endpoint}${'a'.repeat(limits.push.endpoint)}`, keys }), 'BAD_INPUT');
    expect(await scene.browsers()).toEqual([]);
    await hana.api.push.subscribe({ endpoint, keys });
    expect(await scene.browsers()).toEqual([endpoint]);
  });

  test('UI28, S2: a name that leads into a private network is not dialled when a message goes out', async () => {
    await using scene = await createScene(dialect, (host) =>
      host.startsWith('inside') ? ['93.184.216.34', '192.168.1.1'] : ['93.184.216.34'],
    );
    const [hana, wiremu] = await scene.world.people('hana', 'wiremu');
    const direct = await scene.world.direct(hana, wiremu);
    const inside = await scene.listening(wiremu, scene.service.browser('inside.example.nz'));
    const outside = await scene.listening(wiremu);
    await scene.say(hana, direct.id);
    expect((await scene.told()).map((t) => t.path)).toEqual([outside.path]);
    expect(scene.service.asked).not.toContain(inside.path);
    expect(scene.service.dialled).toEqual(['93.184.216.34']);
  });

  test('UI28: another’s browser can be neither removed nor taken; the same browser goes over to who signs in there next', async () => {
    await using scene = await createScene(dialect);
    const [hana, wiremu, mere] = await scene.world.people('hana', 'wiremu', 'mere');
    const [withHana, withMere] = [await scene.world.direct(hana, wiremu), await scene.world.direct(hana, mere)];
    const browser = await scene.listening(wiremu);
    const { endpoint } = browser.subscription;
    await mere.api.push.unsubscribe({ endpoint }); // and is told nothing
    const thief = { endpoint, keys: createBrowser().subscription.keys };
    await refused(mere.api.push.subscribe(thief), 'BAD_INPUT');
    await scene.say(hana, withHana.id);
    expect((await scene.told()).map((t) => t.news.chat)).toEqual([withHana.id]);

    await scene.say(hana, withHana.id);
    await scene.world.services.caughtUp(); // waits for wiremu, when
    await scene.listening(mere, browser);
    await scene.say(hana, withMere.id);
    expect((await scene.told()).map((t) => t.news.chat)).toEqual([withMere.id]);
    await mere.api.push.unsubscribe({ endpoint });
    await mere.api.push.unsubscribe({ endpoint }); // twice is no mistake
    expect(await scene.browsers()).toEqual([]);
    await scene.say(hana, withMere.id);
    expect(await scene.told()).toEqual([]);
  });

  test('UI28: one person has ten browsers told; an eleventh takes the place of the oldest, and the same again takes none', async () => {
    await using scene = await createScene(dialect);
    const [hana, wiremu] = await scene.world.people('hana', 'wiremu');
    const his = await scene.listening(wiremu);
    const mine: Browser[] = [];
    for (let i = 0; i < limits.push.perPerson; i++) {
      scene.world.clock.now += 1;
      mine.push(await scene.listening(hana));
    }
    const last = mine.at(-1);
    if (last) await scene.listening(hana, last);
    expect(await scene.browsers()).toHaveLength(limits.push.perPerson + 1);
    scene.world.clock.now += 1;
    const eleventh = await scene.listening(hana);
    const held = await scene.browsers();
    expect(held.toSorted()).toEqual([his, ...mine.slice(1), eleventh].map((b) => b.subscription.endpoint).toSorted());
  });

  test('U2, B3, B4: a browser goes with the session it was made in, whichever way that ends', async () => {
    await using scene = await createScene(dialect);
    const { world } = scene;
    const [root, hana, wiremu, mere, tama] = await world.people('root', 'hana', 'wiremu', 'mere', 'tama');
    const again = async (name: string) => {
      const { token } = await world.anonymous.auth.signIn({ email: `${name}@example.nz`, password: `correct horse ${name}` });
      const caller = await world.sessions.authenticate(token);
      if (!caller) throw new Error(`${name} could not sign in.`);
      return { api: world.as(caller), sessionId: caller.sessionId };
    };
    const made = async (api: typeof hana.api) => {
      const { subscription } = createBrowser();
      await api.push.subscribe(subscription);
      return subscription.endpoint;
    };
    const keep = await made(hana.api);
    const second = await again('hana');
    await made(second.api);
    await hana.api.auth.revokeSession({ sessionId: second.sessionId });
    expect(await scene.browsers()).toEqual([keep]);
    await made((await again('hana')).api);
    await hana.api.auth.changePassword({ current: 'correct horse hana', next: 'another long password' });
    expect(await scene.browsers()).toEqual([keep]);
    await hana.api.auth.signOut();
    expect(await scene.browsers()).toEqual([]);
    await refused(hana.api.push.subscribe(createBrowser().subscription), 'SESSION_EXPIRED');
    const { endpoint, keys } = createBrowser().subscription; // and one that was let in a moment before it ended
    const late = { userId: hana.id, sessionId: second.sessionId, endpoint, ...keys, language: 'en' };
    await refused(world.services.lane.change(pushSubscribed, late), 'SESSION_EXPIRED');

    await made(wiremu.api);
    await root.api.admin.updateUser({ userId: wiremu.id, suspended: true });
    await made(mere.api);
    await mere.api.users.deleteMe({ password: 'correct horse mere' });
    expect(await scene.browsers()).toEqual([]);

    const direct = await world.direct(root, tama);
    await scene.listening(tama);
    world.clock.now += limits.session.idle; // it was never ended, and holds no more
    await root.api.messages.post({ conversationId: direct.id, text: 'Kia ora' });
    expect(await scene.told()).toEqual([]);
    expect([scene.service.asked, await scene.browsers()]).toEqual([[], []]);
  });
});
