import { describe, expect, test } from 'vitest';
import type { Dictionary } from './catalogue.ts';
import { maori } from './mi.ts';
import { pseudo } from './pseudo.ts';
import { english as refusals } from './refusals.ts';

/** Said the same in both languages: names, and words that te reo Māori borrows as they are. */
const alike = new Set<string>([]);

const files = import.meta.glob<{ english: Dictionary }>(['../*/words.ts', '!./words.ts'], { eager: true });
const english: Record<string, Dictionary> = { refusals };
for (const [path, { english: words }] of Object.entries(files)) english[path.split('/')[1] ?? path] = words;
const spoken = maori as unknown as Record<string, Dictionary>;

/** What is said of one and of three, whichever the words are given. */
const said = (words: Dictionary[string] | undefined): string[] =>
  typeof words === 'function' ? [1, 3].map((given) => words(...(Array(words.length).fill(given) as never[]))) : [words ?? ''];
const keys = Object.entries(english).flatMap(([feature, words]) => Object.keys(words).map((key) => [feature, key] as const));

describe('the catalogue in te reo Māori', () => {
  test('UI36: every folder that has words is in it, and it has no other', () => {
    expect(Object.keys(spoken).toSorted()).toEqual(Object.keys(english).toSorted());
    expect(keys.length).toBeGreaterThan(100);
  });

  test('UI36: every key is there and says something', () => {
    const silent = keys.filter(([feature, key]) => said(spoken[feature]?.[key]).some((text) => text.trim() === ''));
    expect(silent).toEqual([]);
  });

  test('UI36: nothing is the English text, unless it is listed', () => {
    const same = keys.filter(([feature, key]) => said(spoken[feature]?.[key]).some((text) => said(english[feature]?.[key]).includes(text)));
    expect(same.map((each) => each.join('.')).toSorted()).toEqual([...alike].toSorted());
  });

  test('UI36: what is filled in stands in both, a name or a number', () => {
    const lost = keys.filter(([feature, key]) => {
      const words = english[feature]?.[key];
      if (typeof words !== 'function') return false;
      const given = Array.from({ length: words.length }, (_none, at) => `«${at}»`) as never[];
      const theirs = spoken[feature]?.[key];
      const there = typeof theirs === 'function' ? theirs(...given) : '';
      return given.some((each) => words(...given).includes(each) && !there.includes(each));
    });
    expect(lost).toEqual([]);
  });

  test('UI36: vowels are long by macrons alone, and no sign of another alphabet slipped in', () => {
    const strange = keys.filter(([feature, key]) =>
      said(spoken[feature]?.[key]).some((text) => /[äëïöüâêîôûàèìòù]|[\u0300-\u036f]/iu.test(text)),
    );
    expect(strange).toEqual([]);
  });
});

test('UI36: the pseudo-locale is longer than the English, in brackets, and keeps what is filled in', () => {
  const strange = pseudo(maori.refusals);
  expect(strange.NOT_FOUND).toMatch(/^\[.* ~\]$/u);
  expect(strange.NOT_FOUND.length).toBeGreaterThan(maori.refusals.NOT_FOUND.length * 1.2);
  expect(pseudo(maori.refusals)).toBe(strange);
  expect(pseudo(maori.timeline).fresh(12)).toMatch(/^\[12 .*\]$/u);
});
