import { limits } from '@koreromai/contract';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createScene } from './test/scene.ts';

eachDatabase('push messages', (dialect: Dialect) => {
  test('UI28: who is not here is told on each of their browsers, signed by this server, and nothing of the text is told', async () => {
    await using scene = await createScene(dialect);
    const [hana, wiremu, mere] = await scene.world.people('hana', 'wiremu', 'mere');
    const group = await scene.world.group(hana, [wiremu, mere], 'Whānau');
    const [phone, desk] = [await scene.listening(wiremu), await scene.listening(wiremu)];
    await scene.listening(hana); // the author is not told
    await scene.say(hana, group.id, 'A secret word');
    await scene.say(hana, group.id, 'Another');
    const told = await scene.told();
    expect(told.map((t) => t.path).toSorted()).toEqual([phone.path, desk.path].toSorted()); // a burst is one for each
    for (const { news, claims, headers } of told) {
      expect(news).toEqual({ chat: group.id, title: 'Whānau', count: 2, text: null, language: 'en' });
      const { key } = await wiremu.api.push.key();
      expect(claims).toMatchObject({ aud: 'https://push.example.nz', sub: 'mailto:postmaster@localhost', key });
      expect(Number(claims.exp) * 1_000 - scene.world.clock.now).toBeLessThanOrEqual(24 * 3_600_000);
      expect(headers).toMatchObject({ ttl: '86400', urgency: 'high', 'content-encoding': 'aes128gcm' });
      expect(String(headers.topic)).toMatch(/^[\w-]{32}$/);
    }
    expect(new Set(told.map((t) => t.headers.topic)).size).toBe(2); // two browsers of one person are not known as such
    expect(await scene.told()).toEqual([]);
    await scene.say(mere, group.id);
    expect((await scene.told()).map((t) => t.news.count).toSorted()).toEqual([1, 3, 3]); // of another's, the first author as well
  });

  test('UI28: the newest text is told, shortened, to who wants texts outside of the app', async () => {
    await using scene = await createScene(dialect);
    const [hana, wiremu, mere] = await scene.world.people('hana', 'wiremu', 'mere');
    const group = await scene.world.group(hana, [wiremu, mere], 'Whānau');
    const direct = await scene.world.direct(hana, wiremu);
    await wiremu.api.preferences.set({ mails: 'texts' });
    await wiremu.api.push.subscribe({ ...scene.service.browser().subscription, language: 'mi' });
    await scene.say(hana, group.id, 'First');
    await scene.say(hana, group.id, `Tēnā  koe ${'ā'.repeat(500)}`);
    const [first] = await scene.told();
    expect(first?.news).toMatchObject({ title: 'Whānau', count: 2, language: 'mi' });
    expect(first?.news.text).toBe(`hana: Tēnā koe ${'ā'.repeat(limits.push.text - 10)}…`);
    await scene.say(hana, direct.id, 'Just you');
    expect((await scene.told()).map((t) => t.news)).toMatchObject([{ chat: direct.id, title: 'hana', count: 1, text: 'Just you' }]);
  });

  test('UI28, N3: nobody is told of a muted chat, of what they read, answered or hid, or of whom they block', async () => {
    await using scene = await createScene(dialect);
    const { clock } = scene.world;
    const [hana, wiremu, mere] = await scene.world.people('hana', 'wiremu', 'mere');
    const group = await scene.world.group(hana, [wiremu, mere]);
    const { id: conversationId } = group;
    await scene.listening(wiremu);
    await scene.say(hana, group.id);
    expect(await scene.told()).toHaveLength(1); // so that silence means something

    await wiremu.api.conversations.notify({ conversationId, level: 'none' });
    await scene.say(hana, group.id);
    expect(await scene.told()).toEqual([]);
    await wiremu.api.conversations.notify({ conversationId, level: 'all', mutedUntil: new Date(clock.now + 60_000).toISOString() });
    await scene.say(hana, group.id);
    expect(await scene.told()).toEqual([]);
    clock.now += 60_000;
    await scene.say(hana, group.id);
    await scene.world.services.caughtUp(); // queued, and then
    await wiremu.api.conversations.notify({ conversationId, level: 'none' });
    expect(await scene.told()).toEqual([]);

    await wiremu.api.conversations.notify({ conversationId, level: 'all' });
    const read = await scene.say(hana, group.id);
    await scene.world.services.caughtUp();
    await wiremu.api.reads.mark({ conversationId, seq: read.seq });
    expect(await scene.told()).toEqual([]);
    await scene.say(hana, group.id);
    await scene.world.services.caughtUp();
    await scene.say(wiremu, group.id); // who answers has read
    expect(await scene.told()).toEqual([]);
    const hidden = await scene.say(hana, group.id);
    await scene.world.services.caughtUp();
    await wiremu.api.messages.delete({ messageId: hidden.id, for: 'me' });
    expect(await scene.told()).toEqual([]);
    const deleted = await scene.say(hana, group.id);
    await scene.world.services.caughtUp();
    await hana.api.messages.delete({ messageId: deleted.id, for: 'everyone' });
    expect(await scene.told()).toEqual([]);

    await wiremu.api.blocks.add({ userId: hana.id });
    await scene.say(hana, group.id);
    expect(await scene.told()).toEqual([]);
    await scene.say(mere, group.id);
    expect((await scene.told()).map((t) => t.news.count)).toEqual([1]); // the blocked one's are not counted either
    expect(await scene.waiting()).toEqual([]);
  });

  test('UI28, H2: who was removed between a message and its delivery is told nothing, nor of what is said later', async () => {
    await using scene = await createScene(dialect);
    const [hana, wiremu, mere, tama] = await scene.world.people('hana', 'wiremu', 'mere', 'tama');
    const group = await scene.world.group(hana, [wiremu, mere, tama]);
    await scene.listening(wiremu);
    await scene.say(hana, group.id);
    await scene.world.services.caughtUp();
    expect(await scene.waiting()).toEqual([0]);
    await hana.api.members.remove({ conversationId: group.id, userId: wiremu.id });
    expect(await scene.told()).toEqual([]);
    await scene.say(hana, group.id);
    expect(await scene.told()).toEqual([]);
    expect(scene.service.asked).toEqual([]);
  });

  test('UI28, Q2: nor who was denied a room, of what named them there, nor anybody of a chat that was closed', async () => {
    await using scene = await createScene(dialect);
    const [hana, wiremu, mere] = await scene.world.people('hana', 'wiremu', 'mere');
    await wiremu.api.users.updateMe({ username: 'wiremu' });
    await scene.listening(wiremu);
    const room = await hana.api.rooms.create({ name: 'Marae' });
    await scene.say(hana, room.id, '@wiremu');
    await scene.world.services.caughtUp();
    await hana.api.rooms.deny({ roomId: room.id, userId: wiremu.id });
    expect(await scene.told()).toEqual([]);
    const group = await scene.world.group(hana, [wiremu, mere]);
    await scene.say(hana, group.id);
    await scene.world.services.caughtUp();
    expect(await scene.waiting()).toEqual([0]);
    await hana.api.conversations.close({ conversationId: group.id });
    expect(await scene.told()).toEqual([]);
  });

  test('UI28: what was told already is not told again because something newer was taken back', async () => {
    await using scene = await createScene(dialect);
    const [hana, wiremu] = await scene.world.people('hana', 'wiremu');
    const direct = await scene.world.direct(hana, wiremu);
    await scene.listening(wiremu);
    await scene.say(hana, direct.id);
    expect(await scene.told()).toHaveLength(1);
    const newer = await scene.say(hana, direct.id);
    await scene.world.services.caughtUp();
    await hana.api.messages.delete({ messageId: newer.id, for: 'everyone' });
    expect(await scene.told()).toEqual([]);
    await scene.say(hana, direct.id);
    expect((await scene.told()).map((t) => t.news.count)).toEqual([2]);
  });

  test('UI28: who has a connection open and is at it is told by that alone; a page that nobody touched for minutes may be behind others', async () => {
    await using scene = await createScene(dialect);
    const [hana, wiremu] = await scene.world.people('hana', 'wiremu');
    const direct = await scene.world.direct(hana, wiremu);
    await scene.listening(wiremu);
    const gone = scene.world.services.presence.opened(wiremu.id);
    await scene.say(hana, direct.id);
    expect(await scene.told()).toEqual([]);
    scene.world.clock.now += limits.push.hereFor;
    await scene.say(hana, direct.id);
    expect(await scene.told()).toHaveLength(1);
    await wiremu.api.users.me(); // he is back at it
    await scene.say(hana, direct.id);
    expect(await scene.told()).toEqual([]);
    gone();
    await eventually('he is gone', () => !scene.world.services.presence.isOnline(wiremu.id));
    await scene.say(hana, direct.id);
    expect(await scene.told()).toHaveLength(1);
  });

  test('UI28, R9: who wants only mentions, and everybody in a room, is told of what names them, by an edit too', async () => {
    await using scene = await createScene(dialect);
    const [hana, wiremu, mere] = await scene.world.people('hana', 'wiremu', 'mere');
    await wiremu.api.users.updateMe({ username: 'wiremu' });
    const group = await scene.world.group(hana, [wiremu, mere]);
    await scene.listening(wiremu);
    await wiremu.api.conversations.notify({ conversationId: group.id, level: 'mentions' });
    const plain = await scene.say(hana, group.id);
    expect(await scene.told()).toEqual([]);
    await scene.say(hana, group.id, 'kia ora @wiremu');
    expect((await scene.told()).map((t) => t.news.count)).toEqual([1]);
    await hana.api.messages.edit({ messageId: plain.id, text: 'and you, @wiremu' });
    expect((await scene.told()).map((t) => t.news.count)).toEqual([2]);
    const room = await hana.api.rooms.create({ name: 'Marae' });
    await wiremu.api.rooms.follow({ roomId: room.id });
    await scene.say(hana, room.id);
    expect(await scene.told()).toEqual([]);
    await scene.say(hana, room.id, '@wiremu?');
    expect((await scene.told()).map((t) => t.news)).toMatchObject([{ chat: room.id, title: 'Marae', count: 1 }]);
  });

  test('UI28: nothing waits for the author, for who muted the chat, or for followers of a room that names nobody', async () => {
    await using scene = await createScene(dialect);
    const [hana, wiremu, mere] = await scene.world.people('hana', 'wiremu', 'mere');
    await wiremu.api.users.updateMe({ username: 'wiremu' });
    const group = await scene.world.group(hana, [wiremu, mere]);
    for (const who of [hana, wiremu]) await scene.listening(who);
    const room = await hana.api.rooms.create({ name: 'Marae' });
    await wiremu.api.rooms.follow({ roomId: room.id });
    await scene.say(hana, room.id);
    await wiremu.api.conversations.notify({ conversationId: group.id, level: 'none' });
    await scene.say(hana, group.id, '@wiremu');
    await scene.world.services.caughtUp();
    expect(await scene.waiting()).toEqual([]);
    await scene.say(mere, group.id); // for hana alone
    await scene.world.services.caughtUp();
    expect(await scene.waiting()).toEqual([0]);
  });
});
