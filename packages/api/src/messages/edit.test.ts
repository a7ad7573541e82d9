import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { refusalOf, verdict } from '../test/refused.ts';

const day = 24 * 3_600_000;

eachDatabase('editing', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'owner', 'mia', 'tama']);
  const said = async (text = 'kia ora') => {
    const { id } = await cast.world.group(cast.owner, [cast.mia, cast.tama]);
    const { message } = await cast.mia.api.messages.post({ conversationId: id, text });
    return { conversationId: id, message };
  };
  const edit = (who: 'owner' | 'mia' | 'tama' | 'root', messageId: string, text: string, expectedVersion?: number) =>
    cast[who].api.messages.edit({ messageId, text, ...(expectedVersion === undefined ? {} : { expectedVersion }) });

  test('R072, D-ed1: its author edits a message, nobody else does, not even the owner of the group or an admin of the site', async () => {
    const { message } = await said();
    cast.world.clock.now += 1_000;
    const edited = await edit('mia', message.id, ' kia ora koutou ');
    expect(edited).toMatchObject({ text: 'kia ora koutou', version: 2, seq: message.seq, createdAt: message.createdAt });
    expect(edited.editedAt).toBe(new Date(cast.world.clock.now).toISOString());
    expect(edited.updatedAt).toBe(edited.editedAt);
    for (const who of ['owner', 'tama'] as const) expect(await verdict(edit(who, message.id, 'mine'))).toBe('NOT_AUTHOR');
    expect(await verdict(edit('root', message.id, 'mine'))).toBe('NOT_FOUND');
    expect((await cast.tama.api.messages.get({ messageId: message.id })).text).toBe('kia ora koutou');
  });

  test('D-ed1: to the millisecond within the window of the settings, and for ever when it is 0', async () => {
    const { message } = await said();
    cast.world.clock.now += day;
    expect(await verdict(edit('mia', message.id, 'just in time'))).toBe('done');
    cast.world.clock.now += 1;
    expect(await verdict(edit('mia', message.id, 'too late'))).toBe('EDIT_WINDOW_CLOSED');
    await cast.root.api.admin.updateSettings({ editWindow: 0 });
    expect(await verdict(edit('mia', message.id, 'for ever'))).toBe('done');
    await cast.root.api.admin.updateSettings({ editWindow: day });
  });

  test('D-ed1: somebody’s other device was faster: VERSION_CONFLICT with the text as it is now, and nothing is changed', async () => {
    const { message } = await said();
    await edit('mia', message.id, 'second', 1);
    const refusal = await refusalOf(edit('mia', message.id, 'other second', 1));
    expect(refusal).toMatchObject({ code: 'VERSION_CONFLICT', info: { details: { version: 2, text: 'second' } } });
    expect((await edit('mia', message.id, 'third', 2)).version).toBe(3);
  });

  test('D-ed2: the same text changes nothing and tells nobody; nothing or too much is refused', async () => {
    const { message } = await said();
    const before = await cast.world.services.log.head();
    expect((await edit('mia', message.id, 'kia ora')).version).toBe(1);
    expect(await verdict(edit('mia', message.id, ' \n'))).toBe('EMPTY_MESSAGE');
    expect(await verdict(edit('mia', message.id, 'k'.repeat(4_001)))).toBe('MESSAGE_TOO_LONG');
    expect(await cast.world.services.log.head()).toBe(before);
  });

  test('D-ed2: revisions are read by those who see the message, newest first, and gone when it is deleted', async () => {
    const { message } = await said('one');
    await edit('mia', message.id, 'two');
    await edit('mia', message.id, 'three');
    const texts = (await cast.tama.api.messages.revisions({ messageId: message.id })).items.map((r) => [r.version, r.text]);
    expect(texts).toEqual([
      [2, 'two'],
      [1, 'one'],
    ]);
    expect(await verdict(cast.root.api.messages.revisions({ messageId: message.id }))).toBe('NOT_FOUND');
    await cast.mia.api.messages.delete({ messageId: message.id });
    expect((await cast.tama.api.messages.revisions({ messageId: message.id })).items).toEqual([]);
  });

  test('D-ed2: an edit raises nobody’s unread count, keeps its place, and after leaving it is NOT_FOUND', async () => {
    const { conversationId, message } = await said();
    await cast.tama.api.reads.mark({ conversationId, seq: message.seq });
    await edit('mia', message.id, 'again');
    const seen = await cast.tama.api.conversations.get({ conversationId });
    expect(seen).toMatchObject({ unreadCount: 0, lastMessage: { text: 'again', seq: message.seq } });
    await cast.mia.api.conversations.leave({ conversationId });
    expect(await verdict(edit('mia', message.id, 'from outside'))).toBe('NOT_FOUND');
  });

  test('W2: the same post again after an edit is still the same message', async () => {
    const { conversationId } = await said();
    const id = crypto.randomUUID();
    await cast.mia.api.messages.post({ conversationId, id, text: 'first words' });
    await edit('mia', id, 'other words');
    const again = await cast.mia.api.messages.post({ conversationId, id, text: 'first words' });
    expect(again).toMatchObject({ replayed: true, message: { text: 'other words', version: 2 } });
    expect(await verdict(cast.mia.api.messages.post({ conversationId, id, text: 'other words' }))).toBe('IDEMPOTENCY_MISMATCH');
  });
});
