import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const page = read('docs/scaling.md');
const results = read('apps/bench/RESULTS.md');
const numberOf = (text = '') => Number(text.replaceAll(',', ''));
const rowsOf = (section: string) =>
  [...(page.split(`## ${section}\n`)[1]?.split('\n## ')[0] ?? '').matchAll(/^\| (.+) \|$/gm)]
    .map(([, row = '']) => row.split(' | '))
    .slice(1);

test('R103: every figure that docs/scaling.md calls measured was printed by the bench', () => {
  const figures = rowsOf('What was measured').map(([, figure = '']) => figure);
  expect(figures).toHaveLength(6);
  for (const figure of figures) expect(results, figure).toContain(figure);
});

test('R103: what docs/scaling.md calculates is what its assumptions give', () => {
  const [alone = '', , delivered = '', , , indexed = ''] = rowsOf('What was measured').map(([, figure = '']) => figure.split(' ')[0] ?? '');
  const used = Math.floor(numberOf(delivered) / 2);
  expect(page).toContain(`(${used} posts/s)`);
  expect(page).toContain(`commits ${(numberOf(alone) / numberOf(delivered)).toFixed(1)} times`);
  expect(page).toContain(`takes ${(numberOf(indexed) / numberOf(delivered)).toFixed(1)} times`);
  const paper = rowsOf('Numbers on paper').map((row) => row.map(numberOf));
  expect(paper).toHaveLength(5);
  for (const [people = 0, posts = 0, shards = 0] of paper) {
    expect(posts).toBe(Math.round(people / 60));
    expect(shards).toBe(Math.ceil(posts / used));
  }
});
