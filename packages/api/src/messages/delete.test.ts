import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

eachDatabase('deleting', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'owner', 'mia', 'tama', 'rangi']);
  const said = async (text = 'oops') => {
    const { id } = await cast.world.group(cast.owner, [cast.mia, cast.tama]);
    const { message } = await cast.mia.api.messages.post({ conversationId: id, text });
    return { conversationId: id, messageId: message.id, message };
  };

  test('R073, D-del2: a tombstone keeps place and author and nothing of the text; twice is no mistake', async () => {
    const { conversationId, messageId, message } = await said('secret words');
    await cast.mia.api.messages.edit({ messageId, text: 'secret words, mended' });
    await cast.tama.api.reactions.like({ messageId });
    for (let i = 0; i < 2; i++) await cast.mia.api.messages.delete({ messageId });
    const seen = await cast.tama.api.messages.get({ messageId });
    expect(seen).toMatchObject({
      id: messageId,
      seq: message.seq,
      deleted: true,
      text: null,
      reactions: [],
      likeCount: 0,
      attachments: [],
    });
    expect(seen.author.id).toBe(cast.mia.id);
    expect(JSON.stringify(await cast.tama.api.messages.list({ conversationId }))).not.toContain('secret');
    const { rows } = { rows: await cast.world.db.read.selectFrom('message').select(['text', 'digest']).execute() };
    expect(rows.some((r) => r.text?.includes('secret'))).toBe(false);
    const revisions = await cast.world.db.read.selectFrom('revision').select('text').execute();
    expect(revisions.some((r) => r.text.includes('secret'))).toBe(false);
    const events = await cast.world.services.log.everything(0, 1_000_000);
    expect(events.filter((e) => e.type === 'message.deleted' && e.subject === messageId)).toHaveLength(1);
  });

  test('D-del2: nothing more can be done with a tombstone', async () => {
    const { conversationId, messageId } = await said();
    await cast.mia.api.messages.delete({ messageId });
    for (const call of [
      () => cast.mia.api.messages.edit({ messageId, text: 'back' }),
      () => cast.tama.api.reactions.like({ messageId }),
      () => cast.tama.api.reactions.add({ messageId, emoji: '👍' }),
      () => cast.tama.api.messages.post({ conversationId, text: 'why?', replyToId: messageId }),
    ])
      expect(await verdict(call())).toBe('MESSAGE_DELETED');
  });

  test('D-del2, §2.4: its author, the owner of the group and moderators in rooms may; other members and site admins may not', async () => {
    const { messageId } = await said();
    expect(await verdict(cast.tama.api.messages.delete({ messageId }))).toBe('FORBIDDEN');
    expect(await verdict(cast.root.api.messages.delete({ messageId }))).toBe('NOT_FOUND');
    expect(await verdict(cast.owner.api.messages.delete({ messageId }))).toBe('done');
    const direct = await cast.world.direct(cast.mia, cast.rangi);
    const { message } = await cast.mia.api.messages.post({ conversationId: direct.id, text: 'ours' });
    expect(await verdict(cast.rangi.api.messages.delete({ messageId: message.id }))).toBe('FORBIDDEN');
    const room = await cast.owner.api.rooms.create({ name: `Deleting ${dialect}` });
    const posted = await cast.mia.api.messages.post({ conversationId: room.id, text: 'in the room' });
    expect(await verdict(cast.tama.api.messages.delete({ messageId: posted.message.id }))).toBe('FORBIDDEN');
    expect(await verdict(cast.root.api.messages.delete({ messageId: posted.message.id }))).toBe('done');
  });

  test('N1, A1: a deleted message is not unread and leaves the counts', async () => {
    const { conversationId, messageId } = await said();
    const count = async () =>
      (await cast.tama.api.analytics.topUsers({ conversationId })).items.find((r) => r.user?.id === cast.mia.id)?.messages ?? 0;
    expect([await count(), (await cast.tama.api.conversations.get({ conversationId })).unreadCount]).toEqual([1, 1]);
    await cast.mia.api.messages.delete({ messageId });
    expect([await count(), (await cast.tama.api.conversations.get({ conversationId })).unreadCount]).toEqual([0, 0]);
  });

  test('R040, D-del1: hidden on my side alone: the others’ answers are the same byte for byte, and I can bring it back', async () => {
    const { conversationId, messageId } = await said('not for my eyes');
    const look = async (who: typeof cast.mia) =>
      JSON.stringify([await who.api.messages.list({ conversationId }), await who.api.conversations.get({ conversationId })]);
    const [mia, owner] = [await look(cast.mia), await look(cast.owner)];
    for (let i = 0; i < 2; i++) await cast.tama.api.messages.delete({ messageId, for: 'me' });
    expect([await look(cast.mia), await look(cast.owner)]).toEqual([mia, owner]);
    const mine = await cast.tama.api.conversations.get({ conversationId });
    expect(mine).toMatchObject({ lastMessage: null, unreadCount: 0 });
    expect((await cast.tama.api.messages.list({ conversationId })).items).toEqual([]);
    for (const call of [() => cast.tama.api.messages.get({ messageId }), () => cast.tama.api.reactions.like({ messageId })])
      expect(await verdict(call())).toBe('NOT_FOUND');
    expect((await cast.tama.api.messages.hidden({})).items.map((m) => m.id)).toContain(messageId);
    for (let i = 0; i < 2; i++) await cast.tama.api.messages.unhide({ messageId });
    expect((await cast.tama.api.messages.list({ conversationId })).items.map((m) => m.id)).toEqual([messageId]);
  });

  test('2.4: a report may be made by whoever sees the message, once each, and by nobody else', async () => {
    const { messageId } = await said();
    for (let i = 0; i < 2; i++) await cast.tama.api.messages.report({ messageId, reason: 'not kind' });
    expect(await verdict(cast.rangi.api.messages.report({ messageId, reason: 'x' }))).toBe('NOT_FOUND');
    expect(await verdict(cast.tama.api.messages.report({ messageId, reason: '  ' }))).toBe('BAD_INPUT');
    const rows = await cast.world.db.read.selectFrom('report').select('reason').execute();
    expect(rows.filter((r) => r.reason === 'not kind')).toHaveLength(1);
  });

  test('C3: a message of another conversation is never reached through one’s own', async () => {
    const { conversationId } = await said();
    const other = await cast.world.direct(cast.mia, cast.rangi);
    const { message } = await cast.rangi.api.messages.post({ conversationId: other.id, text: 'elsewhere' });
    expect(await verdict(cast.mia.api.messages.post({ conversationId, text: 'quote', replyToId: message.id }))).toBe('NOT_FOUND');
    for (const call of [
      () => cast.tama.api.messages.edit({ messageId: message.id, text: 'x' }),
      () => cast.tama.api.messages.delete({ messageId: message.id }),
      () => cast.tama.api.reactions.add({ messageId: message.id, emoji: '👍' }),
    ])
      expect(await verdict(call())).toBe('NOT_FOUND');
  });
});
