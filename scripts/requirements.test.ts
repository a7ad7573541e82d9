import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tableOf } from './requirements/table.mjs';

const { text, gaps } = tableOf();

test('every requirement has a test, a place elsewhere or a reason', () => expect(gaps).toEqual([]));

test('docs/requirements.md is what the tests say; if not, run `node scripts/requirements.mjs`', () =>
  expect(readFileSync(new URL('../docs/requirements.md', import.meta.url), 'utf8')).toBe(text));
