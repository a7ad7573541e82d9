import { limits } from '@koreromai/contract';
import { eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { procedureTypes } from './test/procedures.ts';
import { type Out, startServer } from './test/server.ts';

/** A field, what fits into it to the code point, and how it is asked and answered. */
interface Bound {
  readonly field: string;
  readonly min?: number;
  readonly max: number;
  /** Not by call but by what it would change; `n` makes it unlike all others. */
  readonly path: string;
  readonly input: (text: string, n: number) => unknown;
  readonly told: (data: never) => string | null | undefined;
  readonly letters?: readonly string[];
  readonly code?: string;
}

eachDatabase('hostile inputs', (dialect) => {
  test('E13: to one letter, what fits is kept whole and what does not is refused, by call and by socket', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const { id: conversationId } = await server.group(anahera, [bea.email, 'guest@example.org']);
    const { message } = await server.ok<Out['messages']['post']>('messages.post', { conversationId, text: 'x' }, anahera);
    const messageId = message.id;
    const { name, bio, text, username, report, search } = limits;
    const bounds: Bound[] = [
      {
        field: 'name',
        min: 1,
        max: name.maxCodePoints,
        path: 'users.updateMe',
        input: (value) => ({ name: value }),
        told: (data: { name: string }) => data.name,
      },
      {
        field: 'bio',
        max: bio.maxCodePoints,
        path: 'users.updateMe',
        input: (value) => ({ bio: value }),
        told: (data: { bio: string }) => data.bio,
      },
      {
        field: 'username',
        ...username,
        path: 'users.updateMe',
        input: (value) => ({ username: value }),
        told: (data: { username: string }) => data.username,
        letters: ['x', 'ā'],
      },
      {
        field: 'name of a group',
        max: name.maxCodePoints,
        path: 'conversations.update',
        input: (value) => ({ conversationId, name: value }),
        told: (data: { name: string }) => data.name,
      },
      {
        field: 'name of a room',
        max: name.maxCodePoints,
        path: 'rooms.create',
        input: (value) => ({ name: value }),
        told: (data: { name: string }) => data.name,
      },
      {
        field: 'text',
        max: text.maxCodePoints,
        path: 'messages.post',
        input: (value) => ({ conversationId, text: value }),
        told: (data: Out['messages']['post']) => data.message.text,
        code: 'MESSAGE_TOO_LONG',
      },
      {
        field: 'text of an edit',
        max: text.maxCodePoints,
        path: 'messages.edit',
        input: (value) => ({ messageId, text: value }),
        told: (data: { text: string }) => data.text,
        code: 'MESSAGE_TOO_LONG',
      },
      {
        field: 'reason',
        min: 1,
        max: report.maxLength,
        path: 'messages.report',
        input: (reason) => ({ messageId, reason }),
        told: () => null,
        letters: ['x', 'ā'],
      },
      { field: 'q', min: 1, max: search.maxLength, path: 'search.messages', input: (q) => ({ q }), told: () => null, letters: ['x', 'ā'] },
    ];
    using socket = await server.socket(anahera);
    let tries = 0;
    for (const { field, min, max, path, input, told, letters = ['x', 'ā', '🥝'], code = 'BAD_INPUT' } of bounds) {
      for (const letter of letters) {
        for (const [length, fits] of [
          [max, true],
          [max + 1, false],
          [max - 1, true],
          ...(min
            ? ([
                [min, true],
                [min - 1, false],
              ] as const)
            : []),
        ] as const) {
          const value = letter.repeat(length);
          const where = `${field}, ${length} × ${letter}`;
          tries += 2;
          if (!fits) {
            const wanted = path === 'rooms.create' && code === 'BAD_INPUT' ? 'BAD_INPUT' : code;
            expect((await server.call(path, input(value, tries), anahera)).code, where).toBe(wanted);
            const frame =
              procedureTypes.get(path) === 'mutation'
                ? await socket.mutation(path, input(value, tries))
                : await socket.query(path, input(value, tries));
            expect(frame.error?.data.code, `${where} by socket`).toBe(wanted);
            continue;
          }
          const { data, code: refused } = await server.call(path, input(value, tries), anahera);
          expect(refused, where).toBeNull();
          const kept = told(data as never);
          if (kept !== null) expect(kept, where).toBe(value);
        }
      }
    }
    process.stdout.write(`E13 [${dialect}]: ${tries} lengths of ${bounds.length} fields\n`);
    expect(server.faults).toEqual([]);
  });

  test('E10, E12: what is hard to hold is kept as it is, without what no text may hold, or refused', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const { id: conversationId } = await server.group(anahera, [bea.email, 'guest@example.org']);
    const zalgo = `k${'\u0300\u0316\u0489\u035f'.repeat(400)}o`;
    const texts: [raw: string, kept: string | null][] = [
      [zalgo, zalgo.normalize('NFC')],
      [`a${'\u0301'.repeat(5_000)}`, null],
      ['x'.repeat(100_000), null],
      ['👨‍👩‍👧‍👦'.repeat(400), '👨‍👩‍👧‍👦'.repeat(400)],
      ['🏴󠁧󠁢󠁳󠁣󠁴󠁿 🧑🏿‍🚀 𝕂𝕠̄ 𠮷', '🏴󠁧󠁢󠁳󠁣󠁴󠁿 🧑🏿‍🚀 𝕂𝕠̄ 𠮷'],
      ['half \ud83e of a kiwi', 'half  of a kiwi'],
      ['\udd5d other half', 'other half'],
      ['nul \u0000 inside', 'nul  inside'],
      ['not \ufffe a \uffff letter \u{10ffff}', 'not \ufffe a \uffff letter \u{10ffff}'],
      ['right \u202eto\u202c left', 'right \u202eto\u202c left'],
      ['zero\u200bwidth\u200d\ufeff', 'zero\u200bwidth\u200d'],
      ['\u0000\u0001\u0002', null],
    ];
    for (const [raw, kept] of texts) {
      const { data, status } = await server.call('messages.post', { conversationId, text: raw }, anahera);
      const where = JSON.stringify(raw.slice(0, 20));
      if (kept === null) {
        expect([400, 413], where).toContain(status);
        continue;
      }
      const { message } = data as Out['messages']['post'];
      expect(message.text, where).toBe(kept);
      const { items } = await server.ok<Out['messages']['list']>('messages.list', { conversationId, limit: 1 }, bea);
      expect(items[0]?.text, `${where} read again`).toBe(kept);
    }
    const named = async (name: string) =>
      ((await server.call('users.updateMe', { name }, anahera)).data as { name: string } | undefined)?.name;
    expect(await named('E10 \u202egpj.\u202ckiwi\u200b\u{e0041}\ufeff')).toBe('E10 gpj.kiwi');
    expect(await named('\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e')).toBeUndefined();
    expect(server.faults).toEqual([]);
  });
});
