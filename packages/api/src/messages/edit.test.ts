import { limits } from '@koreromai/contract';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

eachDatabase('editing', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'rangi']);
  const said = async (text: string) => {
    const { id: conversationId } = await cast.world.group(cast.mia, [cast.tama, cast.rangi]);
    const { message } = await cast.tama.api.messages.post({ conversationId, text });
    return { conversationId, messageId: message.id, before: message };
  };
  const events = async (stream: string) => (await cast.world.services.log.everything(0, 100_000)).filter((e) => e.stream === stream);

  test('R072, D-ed1: the author edits, nobody else, not the owner of the group either', async () => {
    const { messageId, before } = await said('kia ora');
    cast.world.clock.now += 1_000;
    for (const other of [cast.mia, cast.rangi])
      expect(await verdict(other.api.messages.edit({ messageId, text: 'not theirs' }))).toBe('NOT_AUTHOR');
    const after = await cast.tama.api.messages.edit({ messageId, text: 'kia ora koutou' });
    const at = new Date(cast.world.clock.now).toISOString();
    expect(after).toEqual({ ...before, text: 'kia ora koutou', version: before.version + 1, updatedAt: at, editedAt: at });
    expect(await cast.mia.api.messages.get({ messageId })).toMatchObject({ text: 'kia ora koutou', seq: before.seq });
  });

  test('D-ed1: up to the end of the window and not a millisecond longer, as the admins set it; 0 is for ever', async () => {
    const { editWindow } = cast.world.services.settings.current;
    const { messageId } = await said('early');
    cast.world.clock.now += editWindow;
    await cast.tama.api.messages.edit({ messageId, text: 'in time' });
    cast.world.clock.now += 1;
    expect(await verdict(cast.tama.api.messages.edit({ messageId, text: 'too late' }))).toBe('EDIT_WINDOW_CLOSED');
    await cast.mia.api.admin.updateSettings({ editWindow: 0 });
    expect(await verdict(cast.tama.api.messages.edit({ messageId, text: 'for ever' }))).toBe('done');
    await cast.mia.api.admin.updateSettings({ editWindow });
  });

  test('D-ed1: who edits another version than they saw is told VERSION_CONFLICT, and nothing changes', async () => {
    const { messageId, before } = await said('one');
    await cast.tama.api.messages.edit({ messageId, text: 'two', expectedVersion: before.version });
    expect(await verdict(cast.tama.api.messages.edit({ messageId, text: 'three', expectedVersion: before.version }))).toBe(
      'VERSION_CONFLICT',
    );
    expect((await cast.tama.api.messages.get({ messageId })).text).toBe('two');
  });

  test('D-ed2: the texts before are kept for those who see it; the same text again is no edit; nothing becomes unread', async () => {
    const { conversationId, messageId, before } = await said('first');
    await cast.rangi.api.reads.mark({ conversationId, seq: before.seq });
    await cast.tama.api.messages.edit({ messageId, text: 'second' });
    await cast.tama.api.messages.edit({ messageId, text: 'third' });
    const count = (await events(conversationId)).length;
    await cast.tama.api.messages.edit({ messageId, text: ' third ' });
    expect((await events(conversationId)).length).toBe(count);
    expect((await cast.rangi.api.messages.revisions({ messageId })).items.map((r) => r.text)).toEqual(['second', 'first']);
    expect((await cast.rangi.api.conversations.get({ conversationId })).unreadCount).toBe(0);
  });

  test('W3, D-ed2: an edit is bounded like a message: not empty, not longer', async () => {
    const { messageId } = await said('kia ora');
    const edit = (text: string) => verdict(cast.tama.api.messages.edit({ messageId, text }));
    expect(await edit('k'.repeat(limits.text.maxCodePoints))).toBe('done');
    expect(await edit('k'.repeat(limits.text.maxCodePoints + 1))).toBe('MESSAGE_TOO_LONG');
    expect(await edit('  ')).toBe('EMPTY_MESSAGE');
  });

  test('R071, D-ed2: who has left edits nothing', async () => {
    const { conversationId, messageId } = await said('kia ora');
    await cast.tama.api.conversations.leave({ conversationId });
    expect(await verdict(cast.tama.api.messages.edit({ messageId, text: 'from outside' }))).toBe('NOT_FOUND');
  });

  test('H3: a reply quotes what its reader may see; to a message elsewhere there is no reply', async () => {
    const { conversationId, messageId } = await said('the quoted');
    const { message: reply } = await cast.mia.api.messages.post({ conversationId, text: 'yes', replyToId: messageId });
    expect(reply.replyTo).toMatchObject({ id: messageId, text: 'the quoted' });
    await cast.rangi.api.messages.delete({ messageId, for: 'me' });
    expect((await cast.rangi.api.messages.get({ messageId: reply.id })).replyTo).toEqual({ unavailable: true });
    const elsewhere = await cast.world.direct(cast.mia, cast.tama);
    const across = cast.mia.api.messages.post({ conversationId: elsewhere.id, text: 'and here', replyToId: messageId });
    expect(await verdict(across)).toBe('NOT_FOUND');
  });
});
