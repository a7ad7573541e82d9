import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bugs } from './rules.mjs';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

test.each(bugs)('$name: its line is there once, and so is its test', ({ file, from, to, suite, test: name }) => {
  const source = readFileSync(at(file), 'utf8');
  expect(source.split(from)).toHaveLength(2);
  expect(to).not.toBe(from);
  expect(existsSync(at(suite))).toBe(true);
  expect(readFileSync(at(suite), 'utf8')).toContain(name);
});

test('there are twenty of them or more', () => expect(bugs.length).toBeGreaterThanOrEqual(20));
