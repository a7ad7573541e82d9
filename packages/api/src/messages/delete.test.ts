import { bytesOf } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

eachDatabase('deleting', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'rangi', 'moana']);
  const said = async () => {
    const { id: conversationId } = await cast.world.group(cast.mia, [cast.tama, cast.rangi]);
    const { message } = await cast.tama.api.messages.post({ conversationId, text: 'kia ora' });
    return { conversationId, messageId: message.id, seq: message.seq };
  };
  const texts = async (who: typeof cast.mia, conversationId: string) =>
    (await who.api.messages.list({ conversationId })).items.map((m) => m.text);
  const look = async (who: typeof cast.mia, conversationId: string) => ({
    list: await who.api.messages.list({ conversationId }),
    own: await who.api.conversations.get({ conversationId }),
  });

  test('R073, D-del2: what its author deletes is a tombstone for all, with nothing left of it; twice is no mistake', async () => {
    const { conversationId, messageId, seq } = await said();
    await cast.tama.api.messages.edit({ messageId, text: 'kia ora koutou' });
    await cast.rangi.api.reactions.add({ messageId, emoji: '👍' });
    await cast.mia.api.reactions.like({ messageId });
    for (let i = 0; i < 2; i++) await cast.tama.api.messages.delete({ messageId });
    const gone = await cast.mia.api.messages.get({ messageId });
    expect(gone).toMatchObject({ seq, text: null, deleted: true, reactions: [], likeCount: 0, author: { id: cast.tama.id } });
    expect((await cast.mia.api.messages.revisions({ messageId })).items).toEqual([]);
    for (const table of ['revision', 'reaction'] as const)
      expect(await cast.world.db.read.selectFrom(table).selectAll().where('message_id', '=', bytesOf(messageId)).execute(), table).toEqual(
        [],
      );
    expect((await cast.rangi.api.conversations.get({ conversationId })).unreadCount).toBe(0);
  });

  test('D-del2: what is deleted is neither edited nor liked nor reacted to', async () => {
    const { messageId } = await said();
    await cast.tama.api.messages.delete({ messageId });
    expect(await verdict(cast.tama.api.messages.edit({ messageId, text: 'back' }))).toBe('MESSAGE_DELETED');
    expect(await verdict(cast.mia.api.reactions.like({ messageId }))).toBe('MESSAGE_DELETED');
    expect(await verdict(cast.mia.api.reactions.add({ messageId, emoji: '👍' }))).toBe('MESSAGE_DELETED');
  });

  test('R018, D-del2: owner and admins of a group delete for everyone, a member does not, and in a direct chat only the author', async () => {
    const { conversationId, messageId } = await said();
    expect(await verdict(cast.rangi.api.messages.delete({ messageId }))).toBe('FORBIDDEN');
    await cast.mia.api.members.setRole({ conversationId, userId: cast.rangi.id, role: 'admin' });
    expect(await verdict(cast.rangi.api.messages.delete({ messageId }))).toBe('done');
    const direct = await cast.world.direct(cast.mia, cast.tama);
    const { message } = await cast.tama.api.messages.post({ conversationId: direct.id, text: 'between us' });
    expect(await verdict(cast.mia.api.messages.delete({ messageId: message.id }))).toBe('FORBIDDEN');
    expect(await verdict(cast.moana.api.messages.delete({ messageId: message.id }))).toBe('NOT_FOUND');
  });

  test('R040, D-del1: what I delete for me is gone on every surface of mine and of nobody else’s, until I bring it back', async () => {
    const { conversationId, messageId } = await said();
    const before = await look(cast.mia, conversationId);
    for (let i = 0; i < 2; i++) await cast.rangi.api.messages.delete({ messageId, for: 'me' });
    expect(await look(cast.mia, conversationId)).toEqual(before);
    expect(await texts(cast.rangi, conversationId)).toEqual([]);
    expect(await cast.rangi.api.conversations.get({ conversationId })).toMatchObject({ lastMessage: null, unreadCount: 0 });
    expect(await verdict(cast.rangi.api.messages.get({ messageId }))).toBe('NOT_FOUND');
    expect((await cast.rangi.api.messages.hidden({})).items.map((m) => m.id)).toEqual([messageId]);
    await cast.rangi.api.messages.unhide({ messageId });
    expect(await texts(cast.rangi, conversationId)).toEqual(['kia ora']);
  });

  test('R040, D-del3: a chat I clear is empty for me alone, and shows what is new', async () => {
    const { conversationId, messageId } = await said();
    const before = await look(cast.tama, conversationId);
    await cast.rangi.api.conversations.clear({ conversationId });
    expect(await look(cast.tama, conversationId)).toEqual(before);
    expect(await texts(cast.rangi, conversationId)).toEqual([]);
    expect(await verdict(cast.rangi.api.messages.get({ messageId }))).toBe('NOT_FOUND');
    await cast.mia.api.messages.post({ conversationId, text: 'new' });
    expect(await texts(cast.rangi, conversationId)).toEqual(['new']);
    expect(await texts(cast.tama, conversationId)).toEqual(['new', 'kia ora']);
  });
});
