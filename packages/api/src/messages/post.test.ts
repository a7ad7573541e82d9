import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { anotherProcess } from '../test/process.ts';
import { tally, verdict } from '../test/refused.ts';
import { nobody } from './naming.ts';
import { messagePosted } from './post.ts';

eachDatabase('posting', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'outsider']);
  const chat = async () => (await cast.world.direct(cast.mia, cast.tama)).id;
  const post = async (text: string, id?: string) =>
    cast.mia.api.messages.post({ conversationId: await chat(), text, ...(id ? { id } : {}) });
  const stored = async (id: string) =>
    (await cast.tama.api.messages.list({ conversationId: await chat(), limit: 100 })).items.filter((m) => m.id === id);

  test('W2, G3: the same id with the same text gives the original, however often and however late', async () => {
    const id = crypto.randomUUID();
    const first = await post('kia ora', id);
    expect(first).toMatchObject({
      replayed: false,
      message: { id, text: 'kia ora', author: { id: cast.mia.id }, version: 1, deleted: false },
    });
    cast.world.clock.now += 90 * 24 * 3_600_000;
    expect(await post('kia ora', id)).toEqual({ message: first.message, replayed: true });
    expect(await post('  kia ora \u0007', id.toUpperCase())).toEqual({ message: first.message, replayed: true }); // what is stored is compared, not what was typed
    expect(await stored(id)).toEqual([first.message]);
  });

  test('W2, G3: the same id with another text, or in another chat, is IDEMPOTENCY_MISMATCH and writes nothing', async () => {
    const id = crypto.randomUUID();
    await post('one', id);
    expect(await verdict(post('two', id))).toBe('IDEMPOTENCY_MISMATCH');
    const other = await cast.world.direct(cast.mia, cast.outsider);
    expect(await verdict(cast.mia.api.messages.post({ conversationId: other.id, text: 'one', id }))).toBe('IDEMPOTENCY_MISMATCH');
    expect((await stored(id)).map((m) => m.text)).toEqual(['one']);
  });

  test('W2, G3: another author’s id is refused alike, and nothing of their message is told', async () => {
    const id = crypto.randomUUID();
    await post('between mia and tama', id);
    const own = await cast.world.direct(cast.outsider, cast.tama);
    for (const text of ['between mia and tama', 'a guess']) {
      const error = await cast.outsider.api.messages.post({ conversationId: own.id, text, id }).then(
        () => null,
        (e: Error) => e,
      );
      expect(error).toMatchObject({ cause: { code: 'IDEMPOTENCY_MISMATCH', info: {} } });
    }
    expect(await verdict(cast.tama.api.messages.post({ conversationId: await chat(), text: 'between mia and tama', id }))).toBe(
      'IDEMPOTENCY_MISMATCH',
    );
  });

  test('G3: fifty repeats at once make one message, in one batch or in two processes', async () => {
    await using other = await anotherProcess(cast.world);
    const conversationId = await chat();
    const id = crypto.randomUUID();
    const through = (i: number) => (dialect === 'mysql' && i % 2 ? other.as(cast.mia) : cast.mia.api);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => through(i).messages.post({ conversationId, text: 'once', id })));
    expect(tally(answers.map((a) => (a.replayed ? 'replayed' : 'first')))).toEqual({ first: 1, replayed: 49 });
    expect(new Set(answers.map((a) => JSON.stringify(a.message))).size).toBe(1);
    expect(await stored(id)).toHaveLength(1);
  });

  test('W2: repeats and mismatches within one batch are told apart', async () => {
    const { lane } = cast.world.services;
    const conversationId = await chat();
    const author = (await post('me')).message.author;
    const id = crypto.randomUUID();
    const change = (text: string, messageId: string) =>
      lane.change(messagePosted, {
        id: messageId,
        conversationId,
        room: false,
        direct: null,
        author,
        text,
        named: nobody,
        replyToId: null,
        attachmentIds: [],
      });
    const answers = await Promise.allSettled([change('a', id), change('a', id), change('b', id), change('c', crypto.randomUUID())]);
    const said = answers.map((a) =>
      a.status === 'fulfilled' ? { seq: a.value.message?.seq, replayed: a.value.replayed } : (a.reason as { code: string }).code,
    );
    const first = answers[0]?.status === 'fulfilled' ? (answers[0].value.message?.seq ?? 0) : 0;
    expect(said).toEqual([
      { seq: first, replayed: false },
      { seq: undefined, replayed: true },
      'IDEMPOTENCY_MISMATCH',
      { seq: first + 1, replayed: false },
    ]);
  });

  test('W2: a message without an id gets one from the server', async () => {
    const [a, b] = [await post('same'), await post('same')];
    expect(a.message.id).not.toBe(b.message.id);
    expect(b.message.seq).toBe(a.message.seq + 1);
  });

  test('W3: 4,000 code points are a message, 4,001 are MESSAGE_TOO_LONG, counted after trimming and by code point', async () => {
    for (const text of ['k'.repeat(4_000), '🐦'.repeat(4_000), `  ${'ā'.repeat(4_000)}\n`, 'a\u0304'.repeat(4_000)]) {
      expect((await post(text)).message.text).toBe(text.normalize('NFC').trim());
    }
    for (const text of ['k'.repeat(4_001), '🐦'.repeat(4_001)]) expect(await verdict(post(text))).toBe('MESSAGE_TOO_LONG');
  });

  test('W3: nothing, spaces, or only control characters are EMPTY_MESSAGE', async () => {
    for (const text of ['', ' \n\t ', '\u0000\u0007\u001b', '\u0085\ud800'])
      expect(await verdict(post(text)), JSON.stringify(text)).toBe('EMPTY_MESSAGE');
  });

  test.each([
    ['control characters out, newline and tab in', 'a\u0000b\u0007c\nd\te\u009b', 'abc\nd\te'],
    ['CRLF is a newline', 'a\r\nb\rc', 'a\nb\nc'],
    ['NFC', 'Ta\u0304maki', 'Tāmaki'],
    ['emoji with joiners and skin', '👩🏽‍🚀 👨‍👩‍👧‍👦 🇳🇿 ❤️', '👩🏽‍🚀 👨‍👩‍👧‍👦 🇳🇿 ❤️'],
    ['a lone surrogate goes', 'a\ud83dd', 'ad'],
    [
      'quotes, backslashes, percent and semicolons',
      `'; drop table message; -- \\' " % _ \\0 \\n`,
      `'; drop table message; -- \\' " % _ \\0 \\n`,
    ],
    ['scripts of all directions', 'שלום مرحبا 你好 नमस्ते', 'שלום مرحبا 你好 नमस्ते'],
  ])('W3: %s', async (_what, typed, kept) => {
    const { message } = await post(typed);
    expect(message.text).toBe(kept);
    expect((await cast.tama.api.messages.get({ messageId: message.id })).text).toBe(kept);
  });

  test('a stranger to the chat is told NOT_FOUND, whatever they send', async () => {
    const conversationId = await chat();
    const tries = ['', 'kia ora', 'k'.repeat(4_001)].map((text) => cast.outsider.api.messages.post({ conversationId, text }));
    expect(new Set(await Promise.all(tries.map(verdict)))).toEqual(new Set(['NOT_FOUND']));
  });
});
