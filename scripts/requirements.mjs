// node scripts/requirements.mjs: writes docs/requirements.md, every requirement with the tests that prove it. With --check it writes
// nothing and ends with 1 when the file is stale. Either way it fails on a requirement without a test, a reason or a place elsewhere.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { tableOf } from './requirements/table.mjs';

const path = fileURLToPath(new URL('../docs/requirements.md', import.meta.url));
const { text, gaps } = tableOf();
for (const gap of gaps) console.error(gap);
if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== text) gaps.push('docs/requirements.md is stale: run node scripts/requirements.mjs');
} else writeFileSync(path, text);
process.exitCode = gaps.length === 0 ? 0 : 1;
