import { bytesOf } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { refusalOf, verdict } from '../test/refused.ts';
import { heldByFts } from './test/held.ts';
import { createTalk, talkers } from './test/talk.ts';

eachDatabase('search', (dialect: Dialect) => {
  const cast = createCast(dialect, talkers);
  const { page, search, silent, chat } = createTalk(cast);

  test('"korero" finds "kōrero", newest first, the same message as everywhere', async () => {
    const { id, said } = await chat('Kōrero mai', 'nothing', 'KORERO!', 'te kōrerorero');
    expect(await search('mia', 'korero', { in: id })).toEqual(['te kōrerorero', 'KORERO!', 'Kōrero mai']);
    expect(await search('mia', 'kōrero mai', { in: id })).toEqual(['Kōrero mai']);
    expect(await search('mia', '"korero"', { in: id })).toEqual(['KORERO!', 'Kōrero mai']);
    expect((await page('mia', 'mai korero', { in: id })).items).toEqual([
      await cast.mia.api.messages.get({ messageId: said[0]?.id ?? '' }),
    ]);
  });

  test('a search without a chat covers all of mine, and messages of one millisecond keep their order', async () => {
    const [one, other] = [await chat('taniwha one'), await chat('taniwha two')];
    await Promise.all([one.id, other.id].map((id) => cast.tama.api.messages.post({ conversationId: id, text: 'taniwha again' })));
    const found = await page('mia', 'taniwha');
    expect(found.items.map((m) => m.text)).toEqual(['taniwha again', 'taniwha again', 'taniwha two', 'taniwha one']);
    expect((await page('mia', 'taniwha')).items).toEqual(found.items);
    expect(await search('stranger', 'taniwha')).toEqual([]);
  });

  test('C6, H2: whoever is out finds nothing; back in, all but what was said meanwhile', async () => {
    const { id } = await chat('pounamu before');
    await cast.rangi.api.conversations.leave({ conversationId: id });
    expect(await search('rangi', 'pounamu')).toEqual([]);
    expect(await verdict(search('rangi', 'pounamu', { in: id }))).toBe('NOT_FOUND');
    expect(await verdict(search('stranger', 'pounamu', { in: id }))).toBe('NOT_FOUND');
    expect(await verdict(search('stranger', 'pounamu', { in: crypto.randomUUID() }))).toBe('NOT_FOUND');
    await cast.tama.api.messages.post({ conversationId: id, text: 'pounamu while away' });
    await cast.mia.api.members.add({ conversationId: id, person: cast.rangi.id });
    await cast.tama.api.messages.post({ conversationId: id, text: 'pounamu after' });
    expect(await search('rangi', 'pounamu')).toEqual(['pounamu after', 'pounamu before']);
    expect(await search('mia', 'pounamu')).toEqual(['pounamu after', 'pounamu while away', 'pounamu before']);
  });

  test('C6: what was cleared or hidden is not found, and neither page nor cursor tells that there is more', async () => {
    const { id, said } = await chat('kererū 1', 'kererū 2', 'kererū 3', 'kererū 4');
    const [, second, third] = said;
    const mine = { user_id: bytesOf(cast.mia.id), conversation_id: bytesOf(id) };
    await silent((draft) => draft.insert('member_state', { ...mine, cleared_seq: second?.seq ?? 0 }, { set: ['cleared_seq'] }));
    await silent((draft) => draft.insert('hidden_message', { ...mine, message_id: bytesOf(third?.id ?? ''), hidden_at: 1 }));
    for (const limit of [1, 2, 50]) {
      const { items, nextCursor } = await page('mia', 'kereru', { in: id, limit });
      expect([items.map((m) => m.text), nextCursor]).toEqual([['kererū 4'], null]);
    }
    expect(await search('tama', 'kereru', { in: id })).toHaveLength(4);
  });

  test('C6, G10: an index that lags shows nothing that was edited away or deleted', async () => {
    const { id, said } = await chat('tuatara one', 'tuatara two', 'tuatara three', 'tuatara four');
    expect(await search('mia', 'tuatara', { in: id })).toHaveLength(4);
    const key = (i: number) => ({ conversation_id: bytesOf(id), seq: said[i]?.seq ?? 0 });
    await silent((draft) => draft.update('message', { text: 'weka two' }, key(1)));
    await silent((draft) => draft.update('message', { text: 'weka three' }, key(2)));
    await silent((draft) => draft.update('message', { deleted_at: 1 }, key(3)));
    for (const limit of [1, 50]) {
      const { items, nextCursor } = await page('mia', 'tuatara', { in: id, limit });
      expect([items.map((m) => m.text), nextCursor]).toEqual([['tuatara one'], null]);
    }
  });

  test('D-ed2, G10: an edited message is found by its new words alone, a deleted one by none, and the index keeps nothing of it', async () => {
    const { id, said } = await chat('karearea one', 'karearea two');
    const [first, second] = said;
    expect(await search('mia', 'karearea', { in: id })).toHaveLength(2); // they are in the index
    await cast.tama.api.messages.edit({ messageId: first?.id ?? '', text: 'matuku one' });
    await cast.tama.api.messages.delete({ messageId: second?.id ?? '' });
    expect(await search('mia', 'karearea', { in: id })).toEqual([]);
    expect(await search('mia', 'matuku', { in: id })).toEqual(['matuku one']);
    const { db } = cast.world;
    const kept =
      dialect === 'sqlite'
        ? await heldByFts(db.read)
        : (await db.read.selectFrom('search_word').select('word').execute()).map((r) => r.word);
    expect(kept.filter((word) => word.endsWith('karearea'))).toEqual([]);
    expect(kept.filter((word) => word.endsWith('matuku'))).toHaveLength(1);
  });

  test('H3: a found reply does not quote what its reader may not see', async () => {
    const { id, said } = await chat('toroa hidden');
    const replyToId = said[0]?.id ?? '';
    await cast.tama.api.messages.post({ conversationId: id, text: 'toroa answer', replyToId });
    await cast.mia.api.messages.delete({ messageId: replyToId, for: 'me' });
    expect((await page('mia', 'toroa', { in: id })).items.map((m) => m.replyTo)).toEqual([{ unavailable: true }]);
    expect((await page('rangi', 'toroa', { in: id })).items[0]?.replyTo).toMatchObject({ text: 'toroa hidden' });
    const cleared = { user_id: bytesOf(cast.rangi.id), conversation_id: bytesOf(id), cleared_seq: said[0]?.seq ?? 0 };
    await silent((draft) => draft.insert('member_state', cleared, { set: ['cleared_seq'] }));
    expect((await page('rangi', 'toroa', { in: id })).items.map((m) => m.replyTo)).toEqual([{ unavailable: true }]);
  });

  test('Q1, Q2: a public room is searched by name without following it, a room of others is not', async () => {
    const { id } = await chat('hoiho');
    const room = (access: string) => silent((draft) => draft.update('conversation', { kind: 'room', access }, { id: bytesOf(id) }));
    await room('allowlist');
    expect(await verdict(search('stranger', 'hoiho', { in: id }))).toBe('NOT_FOUND');
    await room('public');
    expect(await search('stranger', 'hoiho', { in: id })).toEqual(['hoiho']);
    expect(await search('stranger', 'hoiho')).toEqual([]);
    const deny = {
      conversation_id: bytesOf(id),
      user_id: bytesOf(cast.stranger.id),
      list: 'deny',
      added_by: bytesOf(cast.mia.id),
      added_at: 1,
    };
    await silent((draft) => draft.insert('room_access', deny));
    expect(await verdict(search('stranger', 'hoiho', { in: id }))).toBe('NOT_FOUND');
    await silent((draft) => draft.update('conversation', { closed_at: 1 }, { id: bytesOf(id) }));
    expect(await verdict(search('mia', 'hoiho', { in: id }))).toBe('CONVERSATION_CLOSED');
    expect(await search('mia', 'hoiho')).toEqual([]);
  });

  test('filters: one author, one chat, from an instant on and before another, links', async () => {
    const { id, said } = await chat('hui today', 'hui at https://example.nz/hui', 'hui tomorrow');
    await cast.mia.api.messages.post({ conversationId: id, text: 'hui, says mia' });
    await chat('hui elsewhere');
    const all = ['hui, says mia', 'hui tomorrow', 'hui at https://example.nz/hui', 'hui today'];
    expect(await search('mia', 'hui', { in: id })).toEqual(all);
    expect(await search('mia', 'hui')).toEqual(['hui elsewhere', ...all]);
    expect(await search('mia', 'hui', { from: cast.mia.id })).toEqual(all.slice(0, 1));
    expect(await search('mia', 'hui', { from: cast.stranger.id })).toEqual([]);
    expect(await search('mia', 'hui', { in: id, has: 'link' })).toEqual(all.slice(2, 3));
    expect(await search('mia', 'hui', { in: id, has: 'image' })).toEqual([]);
    const at = said[1]?.createdAt;
    expect(await search('mia', 'hui', { in: id, after: at })).toEqual(all.slice(0, 3));
    expect(await search('mia', 'hui', { in: id, before: at })).toEqual(all.slice(3));
    expect(await search('mia', 'hui', { in: id, after: at, before: said[2]?.createdAt })).toEqual(all.slice(2, 3));
  });

  test('a date is that day in its zone, and what is no range is BAD_RANGE with the field named', async () => {
    cast.world.clock.now = Date.UTC(2026, 10, 21, 11, 30); // half past midnight in Auckland
    const { id } = await chat('rātapu');
    const there = (more: object) => search('mia', 'ratapu', { in: id, ...more });
    expect(await there({ after: '2026-11-22', tz: 'Pacific/Auckland' })).toEqual(['rātapu']);
    expect(await there({ before: '2026-11-22', tz: 'Pacific/Auckland' })).toEqual([]);
    expect(await there({ after: '2026-11-22' })).toEqual([]);
    for (const [field, more] of Object.entries({
      after: { after: 'yesterday' },
      before: { after: '2026-11-22', before: '2026-11-22' },
      tz: { tz: 'Aotearoa/Nowhere' },
    })) {
      const refused = await refusalOf(there(more));
      expect([refused?.code, Object.keys(refused?.info.fields ?? {})]).toEqual(['BAD_RANGE', [field]]);
    }
    expect(await verdict(there({ before: '2026-02-30' }))).toBe('BAD_RANGE');
    expect(await there({ after: '9999-12-31' })).toEqual([]);
  });

  test('a cursor serves its own question only', async () => {
    const { id } = await chat('ruru 1', 'ruru 2', 'ruru 3');
    const { nextCursor } = await page('mia', 'ruru', { in: id, limit: 1 });
    expect(await search('mia', 'ruru', { in: id, limit: 1, cursor: nextCursor })).toEqual(['ruru 2']);
    expect(await search('mia', ' RURU ', { in: id, limit: 1, cursor: nextCursor })).toEqual(['ruru 2']); // the same question
    for (const more of [{}, { in: id, has: 'link' }, { in: id, before: '2027-01-01' }, { in: id, from: cast.tama.id }])
      expect(await verdict(search('mia', 'ruru', { ...more, cursor: nextCursor }))).toBe('CURSOR_INVALID');
    expect(await verdict(search('mia', '"ruru"', { in: id, cursor: nextCursor }))).toBe('CURSOR_INVALID');
    expect(await verdict(search('tama', 'ruru', { in: id, cursor: nextCursor }))).toBe('CURSOR_INVALID');
  });
});
