import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, Script } from 'node:vm';
import { patience } from '@koreromai/testing';
import { parseSync } from 'vite'; // the compiler's own parser is native: it gives no tree
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const length = 50_000;
/** Milliseconds for one expression over one hostile text. */
const within = 50 * patience;

/** Texts on which expressions that backtrack or start over at every place are slow; each ends in what spoils the match. */
const seeds = [
  'a',
  ' ',
  '\t',
  '\n',
  '0',
  '-',
  '.',
  '/',
  '@',
  'a.',
  'a@',
  'a ',
  'http://',
  'https://a.',
  '%2',
  '(',
  '[',
  '<a ',
  '"',
  "'",
  ':a:',
  '*a',
  '_',
  '`',
  '&#',
  'ā',
  '\u0301',
  '👨‍👩‍👧',
  '\u202e',
  '\u200d',
  '\r',
  'm=1,',
  '<a@',
  '<a',
  '=;',
  'x-',
];
const texts = seeds.flatMap((seed) => ['\u0000', '!', ''].map((end) => seed.repeat(Math.floor(length / seed.length)) + end));

/** Every regular expression of the product's sources, with the files it stands in. */
function expressions(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const folders = ['packages', 'apps'].flatMap((folder) => readdirSync(`${root}${folder}`).map((name) => `${folder}/${name}/src`));
  for (const folder of folders) {
    for (const name of readdirSync(root + folder, { recursive: true }).map(String)) {
      if (!/\.tsx?$/.test(name) || /(^|\/)test\/|\.test\.|\.spec\.|^seed/.test(name) || /bench|e2e|testing/.test(folder)) continue;
      if (trusted.includes(`${folder}/${name}`)) continue;
      const { program } = parseSync(name, readFileSync(`${root}${folder}/${name}`, 'utf8'));
      const look = (node: unknown): void => {
        if (typeof node !== 'object' || node === null) return;
        if ('regex' in node && 'raw' in node) found.set(String(node.raw), [...(found.get(String(node.raw)) ?? []), `${folder}/${name}`]);
        for (const child of Object.values(node)) look(child);
      };
      look(program);
    }
  }
  return found;
}

/** What only those write who run the server, in a line of its settings. */
const trusted = ['apps/server/src/env/redact.ts'];

test('E8: no regular expression of ours takes longer than fifty milliseconds over fifty kilobytes of malice', () => {
  const slow: string[] = [];
  const all = expressions();
  let tries = 0;
  for (const [literal, files] of all) {
    const sandbox = createContext({ texts, at: 0 });
    const run = new Script(
      `(() => { const r = ${literal}; r.lastIndex = 0; return r.global ? texts[at].replaceAll(r, '').length : r.test(texts[at]); })()`,
    );
    for (const [at, text] of texts.entries()) {
      sandbox.at = at;
      tries++;
      let took = Infinity;
      for (let again = 0; again < 3 && took > within; again++) {
        const start = performance.now();
        try {
          run.runInContext(sandbox, { timeout: 1_000 });
          took = performance.now() - start;
        } catch {
          took = Infinity; // cut off
          break;
        }
      }
      if (took > within) {
        slow.push(`${literal} of ${files.join(', ')}: ${Math.round(took)} ms over ${JSON.stringify(text.slice(0, 10))}`);
        break;
      }
    }
  }
  process.stdout.write(`E8: ${all.size} expressions, ${tries} tries\n`);
  expect(slow).toEqual([]);
  expect(all.size).toBeGreaterThan(50);
});
