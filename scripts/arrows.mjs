import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { violations } from './arrows/rules.mjs';
import { launch } from './halt.mjs';
import { root } from './node.mjs';

const made = new Set(['node_modules', 'dist', '.turbo', 'coverage', 'test-results', 'playwright-report', 'data', 'public']);
const source = /\.(tsx?|mjs|css)$/;

/** @param {string} folder @returns {[path: string, text: string][]} */
function read(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return made.has(entry.name) ? [] : read(path);
    return source.test(entry.name) || entry.name === 'package.json' ? [[path, readFileSync(join(root, path), 'utf8')]] : [];
  });
}

await launch(async () => {
  const sentences = violations(new Map(['apps', 'packages', 'scripts'].flatMap(read)));
  for (const sentence of sentences) console.error(sentence);
  if (sentences.length > 0) console.error(`${sentences.length} against the architecture.`);
  return sentences.length > 0 ? 1 : 0;
});
