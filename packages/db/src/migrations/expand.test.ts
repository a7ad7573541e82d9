import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Migrations that take something away, each with the version whose servers were the last to need it. */
const contracts = new Map([
  // An index: who still asks by it is answered all the same, only later.
  ['sqlite/m0035.ts', '0.1.0'],
]);

test('G15: migrations only add; what takes something away is named here, a version after nobody reads it', () => {
  const files = globSync('{sqlite,mysql}/m*.ts', { cwd: import.meta.dirname }).toSorted();
  expect(files.length).toBeGreaterThan(20);
  const takes = /\b(drop|rename|truncate|modify|change)\s+(table|column|index|key|to|`)|\bdelete\s+from\b/i;
  const taking = files.filter((file) => takes.test(readFileSync(join(import.meta.dirname, file), 'utf8')) && !contracts.has(file));
  expect(taking).toEqual([]);
  expect('alter table `x` drop column `y`').toMatch(takes);
});
