import { limits } from '@koreromai/contract';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

eachDatabase('likes and reactions', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'outsider']);
  const said = async () => {
    const { id: conversationId } = await cast.world.direct(cast.mia, cast.tama);
    const { message } = await cast.tama.api.messages.post({ conversationId, text: 'kia ora' });
    return message;
  };

  test('R074, D-like1: a like counts once however often, is told to its giver, and is taken back', async () => {
    const { id: messageId, updatedAt } = await said();
    cast.world.clock.now += 1_000;
    for (let i = 0; i < 2; i++) expect(await cast.mia.api.reactions.like({ messageId })).toMatchObject({ likeCount: 1, likedByMe: true });
    expect(await cast.tama.api.reactions.like({ messageId })).toMatchObject({ likeCount: 2, likedByMe: true, updatedAt }); // R070
    for (let i = 0; i < 2; i++)
      expect(await cast.mia.api.reactions.unlike({ messageId })).toMatchObject({ likeCount: 1, likedByMe: false });
    expect((await cast.mia.api.reactions.list({ messageId })).items.map((r) => r.user.id)).toEqual([cast.tama.id]);
    expect(await verdict(cast.outsider.api.reactions.like({ messageId }))).toBe('NOT_FOUND');
  });

  test('R076, D-like1: one of each emoji and person; variation selectors make no second one', async () => {
    const { id: messageId } = await said();
    await cast.mia.api.reactions.add({ messageId, emoji: '❤' });
    await cast.mia.api.reactions.add({ messageId, emoji: '❤️' });
    const { reactions } = await cast.tama.api.reactions.add({ messageId, emoji: '❤️' });
    expect(reactions).toEqual([{ emoji: expect.any(String), count: 2, mine: true }]);
    expect((await cast.mia.api.reactions.remove({ messageId, emoji: '❤' })).reactions).toMatchObject([{ count: 1, mine: false }]);
  });

  test('D-like1: what is not exactly one emoji is BAD_EMOJI and changes nothing', async () => {
    const { id: messageId } = await said();
    for (const emoji of ['x', '👍👍', ' ', '1', 'like'])
      expect(await verdict(cast.mia.api.reactions.add({ messageId, emoji })), emoji).toBe('BAD_EMOJI');
    expect((await cast.mia.api.messages.get({ messageId })).reactions).toEqual([]);
  });

  test('D-like1: twenty different ones and no more; a like and those that are there already do not count', async () => {
    const { id: messageId } = await said();
    const emoji = Array.from({ length: limits.reactions.perMessage + 1 }, (_, i) => String.fromCodePoint(0x1f400 + i));
    const [extra = '', ...twenty] = emoji;
    expect(twenty).toHaveLength(20);
    for (const one of twenty) await cast.mia.api.reactions.add({ messageId, emoji: one });
    expect(await verdict(cast.tama.api.reactions.add({ messageId, emoji: extra }))).toBe('TOO_MANY_REACTIONS');
    expect(await verdict(cast.tama.api.reactions.add({ messageId, emoji: twenty[0] ?? '' }))).toBe('done');
    expect(await verdict(cast.tama.api.reactions.like({ messageId }))).toBe('done');
  });
});
