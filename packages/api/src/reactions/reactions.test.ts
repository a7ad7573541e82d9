import { emojiOf } from '@koreromai/contract';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { anotherProcess } from '../test/process.ts';
import { verdict } from '../test/refused.ts';

test('D-like1: an emoji is exactly one recommended sequence; a missing variation selector makes no other emoji of it', () => {
  for (const one of ['👍', '👍🏽', '❤️', '👨‍👩‍👧‍👦', '🇳🇿', '1️⃣', '🏳️‍🌈', '☺️']) expect(emojiOf(one), one).toBe(one);
  expect([emojiOf('❤'), emojiOf('🏳‍🌈'), emojiOf('1⃣')]).toEqual(['❤️', '🏳️‍🌈', '1️⃣']);
  for (const none of ['', 'a', '1', '#', '👍👍', 'like', ' 👍', '👍 ', ':+1:', '\u200d', '🇳', 'é', '👍'.repeat(40)])
    expect(emojiOf(none), none).toBeNull();
});

eachDatabase('likes and reactions', (dialect: Dialect) => {
  const cast = createCast(dialect, ['owner', 'mia', 'tama', 'outsider']);
  const said = async () => {
    const { id } = await cast.world.group(cast.owner, [cast.mia, cast.tama]);
    return (await cast.mia.api.messages.post({ conversationId: id, text: 'kia ora' })).message.id;
  };

  test('R074: a like counts once per person, own messages too, and can be taken back; who liked is listed', async () => {
    const messageId = await said();
    for (let i = 0; i < 2; i++) expect(await cast.mia.api.reactions.like({ messageId })).toMatchObject({ likeCount: 1, likedByMe: true });
    expect(await cast.tama.api.messages.get({ messageId })).toMatchObject({ likeCount: 1, likedByMe: false, reactions: [] });
    const list = await cast.tama.api.reactions.list({ messageId });
    expect(list.items.map((r) => [r.user.id, r.emoji])).toEqual([[cast.mia.id, 'like']]);
    for (let i = 0; i < 2; i++)
      expect(await cast.mia.api.reactions.unlike({ messageId })).toMatchObject({ likeCount: 0, likedByMe: false });
    expect(await verdict(cast.outsider.api.reactions.like({ messageId }))).toBe('NOT_FOUND');
  });

  test('R076: one per person and emoji, in the order in which each first came, and updatedAt does not move', async () => {
    const messageId = await said();
    const before = await cast.mia.api.messages.get({ messageId });
    await cast.tama.api.reactions.add({ messageId, emoji: '🎉' });
    cast.world.clock.now += 10;
    for (let i = 0; i < 2; i++) await cast.mia.api.reactions.add({ messageId, emoji: '❤' });
    await cast.mia.api.reactions.add({ messageId, emoji: '🎉' });
    const seen = await cast.mia.api.messages.get({ messageId });
    expect(seen.reactions).toEqual([
      { emoji: '🎉', count: 2, mine: true },
      { emoji: '❤️', count: 1, mine: true },
    ]);
    expect(seen.updatedAt).toBe(before.updatedAt);
    await cast.tama.api.reactions.remove({ messageId, emoji: '🎉' });
    await cast.mia.api.reactions.remove({ messageId, emoji: '❤️' });
    expect((await cast.tama.api.messages.get({ messageId })).reactions).toEqual([{ emoji: '🎉', count: 1, mine: false }]);
    for (const emoji of ['like', '👍👍', 'x'])
      expect(await verdict(cast.mia.api.reactions.add({ messageId, emoji })), emoji).toBe('BAD_EMOJI');
  });

  test('D-like1: twenty different ones, and a like beside them; the twenty-first is refused, one that is there is not', async () => {
    const messageId = await said();
    const twenty = [...'😀😃😄😁😆😅🤣😂🙂🙃😉😊😇🥰😍🤩😘😗😚😙'];
    for (const emoji of twenty) await cast.mia.api.reactions.add({ messageId, emoji });
    expect(await verdict(cast.tama.api.reactions.add({ messageId, emoji: '🚀' }))).toBe('TOO_MANY_REACTIONS');
    expect(await verdict(cast.tama.api.reactions.add({ messageId, emoji: '😀' }))).toBe('done');
    expect(await verdict(cast.tama.api.reactions.like({ messageId }))).toBe('done');
  });

  test('R074: of many likes by one person at once exactly one counts, over two processes, 50 rounds', async () => {
    await using other = await anotherProcess(cast.world);
    const messageId = await said();
    for (let round = 0; round < 50; round++) {
      const second = dialect === 'mysql' ? other.as(cast.tama) : cast.tama.api;
      await Promise.all([cast.tama.api.reactions.like({ messageId }), second.reactions.like({ messageId })]);
      expect((await cast.mia.api.messages.get({ messageId })).likeCount).toBe(1);
      await Promise.all([cast.tama.api.reactions.unlike({ messageId }), second.reactions.unlike({ messageId })]);
      expect((await cast.mia.api.messages.get({ messageId })).likeCount).toBe(0);
    }
  });
});
