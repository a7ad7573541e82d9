import { limits } from '@koreromai/contract';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';

eachDatabase('drafts', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'rangi', 'outsider']);
  const drafts = async (who: Person) => Object.fromEntries((await who.api.drafts.list({})).items.map((d) => [d.conversationId, d.text]));

  test('UI10: what I began is kept for my other devices, the last one stands, and nobody else hears of it', async () => {
    const { id } = await cast.world.group(cast.mia, [cast.tama, cast.rangi]);
    const before = await cast.world.services.log.head();
    await cast.mia.api.drafts.set({ conversationId: id, text: 'kia' });
    await cast.mia.api.drafts.set({ conversationId: id, text: 'kia ora ' });
    await cast.mia.api.drafts.set({ conversationId: id, text: 'kia ora' }); // the same
    expect(await drafts(cast.mia)).toEqual({ [id]: 'kia ora' });
    expect(await drafts(cast.tama)).toEqual({});
    const events = await cast.world.services.log.everything(before, 10);
    expect(events.map((e) => [e.stream, e.type, e.subject])).toEqual(Array(2).fill([cast.mia.id, 'draft.changed', id]));
    const views = await cast.world.services.project(events);
    expect(views.map((v) => v?.type === 'draft.changed' && v.draft)).toEqual(['kia ora', 'kia ora']);
    await cast.mia.api.drafts.clear({ conversationId: id });
    await cast.mia.api.drafts.clear({ conversationId: id });
    expect(await drafts(cast.mia)).toEqual({});
    expect(await cast.world.services.log.everything(before, 10)).toHaveLength(3);
  });

  test('UI10: an empty draft is none, one beyond the bound of a message is refused and changes nothing', async () => {
    const { id } = await cast.world.direct(cast.mia, cast.tama);
    await cast.mia.api.drafts.set({ conversationId: id, text: 'x'.repeat(limits.text.maxCodePoints) });
    expect(await verdict(cast.mia.api.drafts.set({ conversationId: id, text: 'x'.repeat(limits.text.maxCodePoints + 1) }))).toBe(
      'MESSAGE_TOO_LONG',
    );
    expect((await drafts(cast.mia))[id]).toHaveLength(limits.text.maxCodePoints);
    await cast.mia.api.drafts.set({ conversationId: id, text: ' \n ' });
    expect(await drafts(cast.mia)).toEqual({});
  });

  test('C7: where I am no more I have no draft, and strangers have none either', async () => {
    const { id } = await cast.world.group(cast.mia, [cast.tama, cast.rangi]);
    await cast.rangi.api.drafts.set({ conversationId: id, text: 'leaving' });
    await cast.tama.api.drafts.set({ conversationId: id, text: 'closing' });
    await cast.rangi.api.conversations.leave({ conversationId: id });
    expect(await drafts(cast.rangi)).toEqual({});
    for (const who of [cast.rangi, cast.outsider]) {
      expect(await verdict(who.api.drafts.set({ conversationId: id, text: 'x' }))).toBe('NOT_FOUND');
      expect(await verdict(who.api.drafts.clear({ conversationId: id }))).toBe('NOT_FOUND');
    }
    expect(await drafts(cast.tama)).toEqual({ [id]: 'closing' });
    await cast.mia.api.conversations.close({ conversationId: id });
    expect(await drafts(cast.tama)).toEqual({});
  });
});
