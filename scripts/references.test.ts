import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './node.mjs';

const references = readFileSync(join(root, 'REFERENCES.md'), 'utf8');
const rows = [...references.matchAll(/^\| (.+) \| (.+) \|$/gm)].slice(1);

test('R107, R108: what was read is listed, and whatever code is marked as taken from elsewhere is listed too', () => {
  expect(rows.length).toBeGreaterThan(15);
  const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs', '*.css'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  const mark = /^\s*(?:\/\/|\/?\*+) source: (.+)$/gm;
  const taken = files.flatMap((file) => [...(existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '').matchAll(mark)]);
  expect(files.length).toBeGreaterThan(500);
  expect(taken.map(([, from = '']) => from).filter((from) => !references.includes(from))).toEqual([]);
  expect(references.includes('there is none')).toBe(taken.length === 0);
});

test('R107: the files that references name are there', () => {
  const named = [...references.matchAll(/`([\w-]+(?:\/[\w.-]+)+\.\w+)`/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
