import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tableOf } from './requirements/table.mjs';

const { text, gaps } = tableOf();

test('every requirement has a test, a place elsewhere or a reason', () => expect(gaps).toEqual([]));

test('R097: docs/assumptions.md settles every contradiction, K1 to K20, in order', () => {
  const page = readFileSync(new URL('../docs/assumptions.md', import.meta.url), 'utf8');
  const settled = [...page.matchAll(/^\| (K\d+) \| .+ \| .+ \|$/gm)].map(([, id]) => id);
  expect(settled).toEqual(Array.from({ length: 20 }, (_, i) => `K${i + 1}`));
});

test('docs/requirements.md is what the tests say; if not, run `node scripts/requirements.mjs`', () =>
  expect(readFileSync(new URL('../docs/requirements.md', import.meta.url), 'utf8')).toBe(text));
