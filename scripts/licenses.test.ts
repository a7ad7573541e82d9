import { expect, test } from 'vitest';
import { delivered } from './licenses/delivered.mjs';
import { exceptions, judge, licenseOf, taken } from './licenses/rules.mjs';
import { allows } from './licenses/spdx.mjs';
import { root } from './node.mjs';

test.for([
  ['MIT', true],
  ['GPL-3.0-only', false],
  ['(MIT OR GPL-3.0-only)', true],
  ['GPL-2.0-only OR MIT', true],
  ['MIT AND GPL-3.0-only', false],
  ['MIT AND (GPL-2.0-only OR ISC)', true],
  ['GPL-2.0-only OR MIT AND LGPL-3.0-only', false],
  ['Apache-2.0 WITH LLVM-exception', true],
  ['GPL-2.0-only WITH Classpath-exception-2.0', false],
  ['SEE LICENSE IN LICENSE.md', false],
  ['MIT ISC', false],
  ['(MIT', false],
  ['MIT OR', false],
  ['UNLICENSED', false],
  ['', false],
] as const)('R098: the licence %s: %s', ([expression, good]) => expect(allows(expression, taken)).toBe(good));

test('R098: a licence is read from every way in which manifests name one', () => {
  expect(licenseOf({ license: 'MIT' })).toBe('MIT');
  expect(licenseOf({ license: { type: 'ISC' } })).toBe('ISC');
  expect(licenseOf({ licenses: [{ type: 'MIT' }, { type: 'GPL-2.0' }] })).toBe('MIT OR GPL-2.0');
  for (const none of [{}, { license: '' }, { licenses: [] }, { licenses: [{ url: 'x' }] }]) expect(licenseOf(none)).toBeNull();
});

test('R098: an exception is for the package it names and for its one licence', () => {
  const [exception] = exceptions;
  const lgpl = { license: exception?.also ?? '' };
  const { wrong, excepted } = judge([
    { name: '@img/sharp-libvips-linux-x64', ...lgpl },
    { name: 'left-pad', ...lgpl },
    { name: '@img/sharp-libvips-linux-x64', license: 'GPL-3.0-only' },
    { name: 'nothing', license: null },
    { name: 'fine', license: 'MIT' },
  ]);
  expect(excepted).toHaveLength(1);
  expect(wrong.map((sentence) => sentence.split(' ')[0])).toEqual(['left-pad', '@img/sharp-libvips-linux-x64', 'nothing']);
});

test('R098: every library that is delivered may be used', () => {
  const libraries = delivered(root);
  expect(libraries.length).toBeGreaterThan(100);
  expect(libraries.map(({ name }) => name)).toContain('hono');
  expect(judge(libraries).wrong).toEqual([]);
});
