import { type Dialect, eachDatabase, patience } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import { createTalk, talkers } from './test/talk.ts';

eachDatabase('search and what people type into it', (dialect: Dialect) => {
  const cast = createCast(dialect, talkers);
  const { search, chat } = createTalk(cast);

  test('bounds: 1 to 200 characters, at most ten words, at least one', async () => {
    const ten = 'a b c d e f g h i j';
    for (const q of ['x'.repeat(200), ten, '"a b c d e f g h i j k"']) expect(await verdict(search('mia', q)), q).toBe('done');
    for (const q of ['', '   ', 'x'.repeat(201), `${ten} k`, '!?', '"" ""', '日'.repeat(31)])
      expect(await verdict(search('mia', q)), q).toBe('BAD_INPUT');
  });

  test('E5: what an engine or SQL would read as an operator is a sign like any other', async () => {
    const { id } = await chat('moa and kiwi', 'moa');
    const attacks = [
      'moa*',
      'moa" OR "kiwi',
      "moa' or 1=1 --",
      'moa) OR (kiwi',
      'NEAR(moa kiwi)',
      'moa NOT kiwi',
      '-moa',
      '^moa',
      'words:moa',
      '{moa}',
    ];
    const more = [
      '%',
      '_oa',
      'm_a',
      'moa%',
      '\\',
      "'; drop table message; --",
      'sleep(5)',
      '@moa',
      '!link',
      '+moa -kiwi',
      'moa\u0000kiwi',
      '"',
      '"moa',
    ];
    const found = await Promise.all([...attacks, ...more].map(async (q) => [q, await search('mia', q, { in: id }).catch(() => 'refused')]));
    const [both, one, none] = [['moa', 'moa and kiwi'], ['moa and kiwi'], []];
    const single = ['moa*', '-moa', '^moa', '{moa}', 'moa%', '@moa', '"moa'];
    const refused = ['%', '\\', '"'];
    for (const [q, answer] of found) {
      const expected = single.includes(String(q)) ? both : refused.includes(String(q)) ? 'refused' : q === '+moa -kiwi' ? one : none;
      expect(answer, String(q)).toEqual(expected);
    }
    expect(await search('mia', 'moa', { in: id })).toHaveLength(2);
  });

  test('E8: fifty kilobytes are refused at once', async () => {
    for (const q of ['a*'.repeat(25_000), '"'.repeat(50_000), '('.repeat(50_000), 'ā́'.repeat(25_000), `${'a '.repeat(25_000)}`]) {
      const before = performance.now();
      expect(await verdict(cast.mia.api.search.messages({ q }))).toBe('BAD_INPUT');
      expect(performance.now() - before).toBeLessThan(50 * patience);
    }
  });

  test('E12: Zalgo, long words, joined emoji and right-to-left text are found by what people would type', async () => {
    const zalgo = `Z${'\u0301\u0322\u035c'.repeat(60)}algo`.normalize('NFC');
    const { id } = await chat(zalgo, 'x'.repeat(4_000), 'family 👨‍👩‍👧‍👦 here', 'שָׁלוֹם world', 'ÅNGSTRÖM'.normalize('NFD'));
    expect(await search('mia', 'zalgo', { in: id })).toEqual([zalgo]);
    expect(await search('mia', 'x'.repeat(60), { in: id })).toHaveLength(1);
    expect(await search('mia', '👨‍👩‍👧‍👦', { in: id })).toEqual(['family 👨‍👩‍👧‍👦 here']);
    expect(await search('mia', 'שָׁלוֹם', { in: id })).toHaveLength(1);
    expect(await search('mia', 'angstrom', { in: id })).toHaveLength(1);
  });
});
