import { describe, expect, test } from 'vitest';
import { typedFilters } from './filters.ts';
import { excerpt, foundIn, marked, wordsOf } from './terms.ts';

const shown = (text: string, query: string) =>
  marked(text, wordsOf(query))
    .map((run) => (run.found ? `[${run.text}]` : run.text))
    .join('');

describe('what was found is marked', () => {
  test.each([
    ['Kōrero mai, korero atu', 'korero', '[Kōrero] mai, [korero] atu'],
    ['Kōrero', 'kōr', '[Kōr]ero'],
    ['Kōrero', 'kor', '[Kōr]ero'],
    ['The picnic', 'nic', 'The picnic'],
    ['a beach picnic here', '"beach picnic"', 'a [beach picnic] here'],
    ['tea and té', 'te', '[te]a and [té]'],
    ['🏖️ beach', 'beach', '🏖️ [beach]'],
    ['<b>bold</b>', 'b', '<[b]>[b]old</[b]>'],
  ])('UI27: in %j, looking for %j', (text, query, expected) => {
    expect(shown(text, query)).toBe(expected);
  });

  test('UI27: whatever is marked, the text stays the text', () => {
    for (const text of ['Nǎo\u0304 ẞ ﬃ', '👩‍👩‍👧 whānau', 'e\u0301\u0301x', ''])
      expect(
        marked(text, wordsOf('e x w s'))
          .map((run) => run.text)
          .join(''),
      ).toBe(text);
  });

  test('UI27: a long message is shown from around its first find', () => {
    const runs = excerpt(`${'far away '.repeat(60)}umbrella`, wordsOf('umbrella'));
    expect(runs.map((run) => run.text).join('')).toMatch(/^… (far|away) .{50,90}umbrella$/u);
  });
});

describe('what is shown of a marked message', () => {
  const found = (text: string, plain: string, query: string) =>
    foundIn(text, plain, wordsOf(query))
      .map((run) => (run.found ? `[${run.text}]` : run.text))
      .join('');
  test.each([
    ['**Bring** the _umbrella_', 'Bring the umbrella', 'umbrella', 'Bring the [umbrella]'],
    ['**Bring** the _umbrella_', 'Bring the umbrella', 'bring umb', '[Bring] the [umb]rella'],
    ['**Bring** it', 'Bring it', 'nothing', 'Bring it'],
    ['**Bring** it', 'Bring it', '', 'Bring it'],
    ['[the map](https://a.example/umbrella)', 'the map', 'umbrella', '[the map](https://a.example/[umbrella])'],
    ['un*frigging*real', 'unfriggingreal', 'frigging', 'un*[frigging]*real'],
  ])('UI27: of %j its words %j are shown, looking for %j', (text, plain, query, expected) => {
    expect(found(text, plain, query)).toBe(expected);
  });
});

describe('filters typed among the words', () => {
  test('UI27: names, kinds and days are taken out, in any order', () => {
    expect(typedFilters('from:@bea umbrella has:file in:"Beach picnic" after:2026-11-01 before:2026-12-01')).toEqual({
      q: 'umbrella',
      from: '@bea',
      in: 'Beach picnic',
      has: 'attachment',
      after: '2026-11-01',
      before: '2026-12-01',
    });
    expect(typedFilters('has:picture in:#lunch x')).toEqual({ q: 'x', has: 'image', in: 'lunch' });
  });
  test('UI27: what makes no sense stays among the words', () => {
    for (const raw of ['before:yesterday', 'has:cheese', 'plain words', 'https://example.nz/from:x'])
      expect(typedFilters(raw)).toEqual({ q: raw });
  });
});
