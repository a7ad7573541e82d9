import { limits } from '@koreromai/contract';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { beforeAll, expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';

const names = ['mia', 'tama', 'rangi', 'outsider'] as const;

eachDatabase('mentions', (dialect: Dialect) => {
  const cast = createCast(dialect, names);
  beforeAll(async () => {
    for (const name of names) await cast[name].api.users.updateMe({ username: name });
  });
  const group = () => cast.world.group(cast.mia, [cast.tama, cast.rangi]);
  const say = async (who: (typeof names)[number], conversationId: string, text: string) => {
    cast.world.clock.now += 1;
    return (await cast[who].api.messages.post({ conversationId, text })).message;
  };
  const mine = async (who: (typeof names)[number]) => (await cast[who].api.messages.mentions({ limit: 100 })).items.map((m) => m.id);
  const counts = async (who: (typeof names)[number], conversationId: string) => {
    const { unreadCount, mentionCount } = await cast[who].api.conversations.get({ conversationId });
    return [unreadCount, mentionCount];
  };
  const rows = async (messageId: string) =>
    (await cast.world.db.read.selectFrom('mention').select(['message_id']).execute()).filter(
      (row) => row.message_id.toString('hex') === messageId.replaceAll('-', ''),
    ).length;

  test('UI16: a message names those who see the chat; to them it is listed, and counted apart while it is unread', async () => {
    const { id } = await group();
    await say('mia', id, 'nobody');
    const named = await say('mia', id, 'kia ora @Tama. And @rangi');
    expect(named.mentions).toEqual([
      { userId: cast.tama.id, handle: 'tama' },
      { userId: cast.rangi.id, handle: 'rangi' },
    ]);
    expect((await cast.rangi.api.messages.get({ messageId: named.id })).mentions).toEqual(named.mentions);
    expect((await mine('tama'))[0]).toBe(named.id);
    expect(await mine('mia')).not.toContain(named.id);
    expect(await counts('tama', id)).toEqual([2, 1]);
    const page = await cast.tama.api.conversations.list({});
    expect(page.items.find((c) => c.id === id)?.mentionCount).toBe(1);
    await cast.tama.api.reads.mark({ conversationId: id, seq: named.seq });
    expect(await counts('tama', id)).toEqual([0, 0]);
    expect((await mine('tama'))[0]).toBe(named.id); // read, and listed all the same
  });

  test('UI16: a mention of somebody who is not there is only text, as of nobody at all, and of oneself', async () => {
    const { id } = await group();
    const said = await say('mia', id, '@outsider @nobody-of-that-name @mia kia ora');
    expect(said.mentions).toEqual([]);
    expect(await mine('outsider')).toEqual([]);
    expect(await rows(said.id)).toBe(0);
    const direct = await cast.world.direct(cast.mia, cast.tama);
    expect((await say('mia', direct.id, '@rangi @tama')).mentions).toEqual([{ userId: cast.tama.id, handle: 'tama' }]);
  });

  test('UI16: @here names everybody else in a group, each once, and nobody in a direct chat or a room', async () => {
    const { id } = await group();
    const said = await say('mia', id, '@rangi and @here');
    expect(said.mentions.toSorted((a, b) => (a.handle < b.handle ? -1 : 1))).toEqual([
      { userId: cast.tama.id, handle: 'here' },
      { userId: cast.rangi.id, handle: 'rangi' },
    ]);
    const direct = await cast.world.direct(cast.mia, cast.tama);
    expect((await say('mia', direct.id, '@here')).mentions).toEqual([]);
    const room = await cast.mia.api.rooms.create({ name: `Here ${cast.world.clock.now}` });
    await cast.tama.api.rooms.follow({ roomId: room.id });
    expect((await say('mia', room.id, '@here')).mentions).toEqual([]);
  });

  test('UI16, Q2: a room names whoever may enter it now, followers or not, and nobody else', async () => {
    const shut = await cast.mia.api.rooms.create({ name: `Shut ${cast.world.clock.now}`, access: 'allowlist' });
    await cast.mia.api.rooms.allow({ roomId: shut.id, userId: cast.tama.id });
    const said = await say('mia', shut.id, '@tama @rangi');
    expect(said.mentions.map((m) => m.userId)).toEqual([cast.tama.id]);
    expect((await mine('tama'))[0]).toBe(said.id);
    const room = await cast.tama.api.rooms.get({ roomId: shut.id });
    expect([room.unreadCount, room.mentionCount]).toEqual([1, 1]);
    await cast.mia.api.rooms.deny({ roomId: shut.id, userId: cast.tama.id });
    expect(await mine('tama')).not.toContain(said.id); // H3
    const open = await cast.mia.api.rooms.create({ name: `Open ${cast.world.clock.now}` });
    expect((await say('mia', open.id, '@outsider')).mentions.map((m) => m.userId)).toEqual([cast.outsider.id]);
  });

  test('K19: where not everybody may be looked up, an open room names only those who are in it', async () => {
    const open = await cast.mia.api.rooms.create({ name: `Known ${cast.world.clock.now}` });
    await cast.tama.api.rooms.follow({ roomId: open.id });
    await cast.mia.api.admin.updateSettings({ directory: 'contacts' });
    try {
      expect((await say('mia', open.id, '@outsider @tama')).mentions.map((m) => m.userId)).toEqual([cast.tama.id]);
    } finally {
      await cast.mia.api.admin.updateSettings({ directory: 'everyone' });
    }
  });

  test('C14: who has blocked the author is not told, and the author sees no difference', async () => {
    const { id } = await group();
    await cast.tama.api.blocks.add({ userId: cast.mia.id });
    try {
      const said = await say('mia', id, '@tama @rangi');
      expect(said.mentions.map((m) => m.userId)).toEqual([cast.tama.id, cast.rangi.id]);
      expect(await mine('tama')).not.toContain(said.id);
      expect(await counts('tama', id)).toEqual([1, 0]);
      expect(await counts('rangi', id)).toEqual([1, 1]);
      await say('mia', id, '@here');
      expect([await counts('tama', id), await counts('rangi', id)]).toEqual([
        [2, 0],
        [2, 2],
      ]);
    } finally {
      await cast.tama.api.blocks.remove({ userId: cast.mia.id });
    }
  });

  test('D-ed2: an edit names whom it names anew, once, and lets go of the others; read messages stay read', async () => {
    const { id } = await group();
    const said = await say('mia', id, 'kia ora @tama');
    const at = async (who: string) =>
      (await cast.world.db.read.selectFrom('mention').select(['user_id', 'at']).where('seq', '=', said.seq).execute())
        .filter((row) => row.user_id.toString('hex') === who.replaceAll('-', ''))
        .map((row) => Number(row.at))
        .at(-1);
    const first = await at(cast.tama.id);
    await cast.rangi.api.reads.mark({ conversationId: id, seq: said.seq });
    cast.world.clock.now += 1_000;
    const edit = (text: string) => cast.mia.api.messages.edit({ messageId: said.id, text });
    const both = await edit('kia ora @tama @rangi');
    expect(both.mentions.map((m) => m.handle)).toEqual(['tama', 'rangi']);
    expect([await at(cast.tama.id), (await mine('rangi'))[0]]).toEqual([first, said.id]);
    expect(await counts('rangi', id)).toEqual([0, 0]);
    expect((await edit('kia ora @rangi')).mentions.map((m) => m.handle)).toEqual(['rangi']);
    expect(await mine('tama')).not.toContain(said.id);
    expect(await counts('tama', id)).toEqual([1, 0]);

    await cast.tama.api.blocks.add({ userId: cast.mia.id });
    const unheard = await say('mia', id, '@tama, again');
    await cast.tama.api.blocks.remove({ userId: cast.mia.id });
    await cast.mia.api.messages.edit({ messageId: unheard.id, text: '@tama, once more' });
    expect(await mine('tama'), 'an edit is no way to be heard after all').not.toContain(unheard.id);
  });

  test('H3: nothing hidden, cleared, deleted or left is listed or counted', async () => {
    const { id } = await group();
    const hidden = await say('mia', id, '@tama one');
    const deleted = await say('mia', id, '@tama two');
    const stays = await say('mia', id, '@tama three');
    expect(await counts('tama', id)).toEqual([3, 3]);
    await cast.tama.api.messages.delete({ messageId: hidden.id, for: 'me' });
    await cast.mia.api.messages.delete({ messageId: deleted.id });
    expect(await rows(deleted.id)).toBe(0);
    expect((await cast.rangi.api.messages.get({ messageId: deleted.id })).mentions).toEqual([]);
    expect(await counts('tama', id)).toEqual([1, 1]);
    expect((await mine('tama')).filter((m) => [hidden.id, deleted.id, stays.id].includes(m))).toEqual([stays.id]);
    await cast.tama.api.conversations.leave({ conversationId: id });
    expect(await mine('tama')).not.toContain(stays.id);
    await say('mia', id, '@tama while away');
    await cast.mia.api.members.add({ conversationId: id, person: cast.tama.id });
    expect(await mine('tama')).toContain(stays.id); // H2
    await cast.tama.api.conversations.clear({ conversationId: id });
    expect(await mine('tama')).not.toContain(stays.id);
  });

  test('R9: ten thousand mentions in one text look up, name and tell no more than the bound', async () => {
    const { id } = await group();
    const text = Array.from({ length: 2_000 }, (_, i) => (i % 2 === 0 ? '@tama' : `@p${i % 9}`))
      .join(' ')
      .slice(0, 4_000);
    const said = await say('mia', id, text);
    expect(said.mentions).toEqual([{ userId: cast.tama.id, handle: 'tama' }]);
    expect(await rows(said.id)).toBe(1);
    const room = await cast.mia.api.rooms.create({ name: `Many ${cast.world.clock.now}` });
    const crowd = await cast.world.people(...Array.from({ length: limits.mentions.perMessage + 5 }, (_, i) => `crowd${i}`));
    for (const [i, one] of crowd.entries()) await one.api.users.updateMe({ username: `crowd-${i}` });
    const all = await say('mia', room.id, crowd.map((_, i) => `@crowd-${i}`).join(' '));
    expect([all.mentions.length, await rows(all.id)]).toEqual([limits.mentions.perMessage, limits.mentions.perMessage]);
  });

  test('W2: the same post again names nobody twice', async () => {
    const { id: conversationId } = await group();
    const id = crypto.randomUUID();
    for (let i = 0; i < 3; i++) await cast.mia.api.messages.post({ conversationId, id, text: 'kia ora @tama' });
    expect(await rows(id)).toBe(1);
    expect(await counts('tama', conversationId)).toEqual([1, 1]);
  });

  test('W5: who wrote has read what names them, and the count stops at one above the cap', async () => {
    const { id } = await group();
    for (let i = 0; i < 3; i++) await say('mia', id, '@tama');
    await say('tama', id, 'yes?');
    expect(await counts('tama', id)).toEqual([0, 0]);
    for (let i = 0; i < limits.unreadCap + 5; i++) await say('mia', id, i % 2 ? '@tama' : '@tama @rangi');
    for (let i = 0; i < limits.unreadCap + 5; i++) await say('mia', id, 'and more');
    expect(await counts('tama', id)).toEqual([limits.unreadCap + 1, limits.unreadCap + 1]); // however much came since
  });
});
