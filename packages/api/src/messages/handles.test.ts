import { handlesIn, limits } from '@koreromai/contract';
import { describe, expect, it } from 'vitest';

const first = (text: string) => handlesIn(text).map(([longest]) => longest);

describe('handles in a text', () => {
  it('UI16: stand behind an @ at the beginning of a word, in any case, macrons being letters', () => {
    expect(first('@Mia, (@tama) “@Rāwiri”\n@mia again')).toEqual(['mia', 'tama', 'rāwiri']);
  });

  it('E4: are neither in addresses nor in paths', () => {
    expect(first('mia@example.nz https://example.nz/@mia a.@mia x-@mia @@mia')).toEqual([]);
  });

  it('may end with what ends the sentence, the longest meaning first', () => {
    expect(handlesIn('ask @mia.tama. or @bea-')).toEqual([
      ['mia.tama.', 'mia.tama'],
      ['bea-', 'bea'],
    ]);
  });

  it('have the shape of usernames', () => {
    expect(first(`@ab @${'a'.repeat(33)} @ключ`)).toEqual([]);
  });

  it('R9: no more of them are looked at than a message may name, however many there are', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `@person${i}`).join(' ');
    expect(handlesIn(many)).toHaveLength(limits.mentions.perMessage);
    expect(first('@mia '.repeat(10_000))).toEqual(['mia']);
  });

  it('E8: hostile texts of 200,000 letters take no longer than others', () => {
    const hostile = [
      '@'.repeat(200_000),
      `@${'a'.repeat(200_000)}`,
      '@a.'.repeat(66_000),
      `@a${'.-_'.repeat(66_000)}!`,
      'a@'.repeat(100_000),
      `@${'.'.repeat(200_000)}a`,
    ];
    const began = performance.now();
    for (const text of hostile) expect(handlesIn(text).length).toBeLessThanOrEqual(limits.mentions.perMessage);
    expect((performance.now() - began) / hostile.length).toBeLessThan(50);
  });
});
