import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rows } from './rows.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const named = /\b(?:test|it|describe|eachDatabase)\b[^'"`\n]*\(\s*(['"`])(.*?)\1/g;

/** Every test with its suite. */
function tests() {
  const paths = globSync(['{packages,apps}/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'infra/src/*.test.ts'], {
    cwd: root,
  }).toSorted();
  return paths.flatMap((path) =>
    [...readFileSync(`${root}/${path}`, 'utf8').matchAll(named)].map((match) => ({ path, name: match[2] ?? '' })),
  );
}

/** The table as Markdown, and what is missing from it, in sentences. */
export function tableOf() {
  const all = tests();
  /** @type {string[]} */
  const gaps = [];
  const lines = [];
  for (const { id, text, proof = [], elsewhere, open } of rows) {
    const proofs = [id, ...proof].map((sign) => ({ sign, found: all.filter((test) => shows(test, sign)) }));
    for (const { sign, found } of proofs) if (sign !== id && found.length === 0) gaps.push(`${id}: no test is called “${sign}” any more.`);
    const found = [...new Set(proofs.flatMap((one) => one.found))];
    const named = found.slice(0, 6).map(({ path, name }) => `${name.replaceAll('|', '\\|')} (\`${path.split('/').at(-1)}\`)`);
    const more = found.length > named.length ? [`and ${found.length - named.length} more`] : [];
    const reasons = [...(elsewhere ? [`elsewhere: ${elsewhere}`] : []), ...(open ? [`**open**: ${open}`] : [])];
    if (found.length + reasons.length === 0) gaps.push(`${id} has no test: ${text}`);
    if (open && found.length > 0) gaps.push(`${id} is called open and has a test: take the reason out.`);
    lines.push(`| ${id} | ${text.replaceAll('|', '\\|')} | ${[...reasons, ...named, ...more].join('<br>')} |`);
  }
  const head = '# Requirements\n\nEvery requirement with what proves it. Written by `node scripts/requirements.mjs`; do not edit.\n';
  return { text: `${head}\n| id | requirement | proved by |\n|---|---|---|\n${lines.join('\n')}\n`, gaps };
}

/** @param {{ path: string, name: string }} test @param {string} sign */
const shows = ({ path, name }, sign) =>
  sign.startsWith('path:') ? path === sign.slice(5) : /^R\d+$/.test(sign) ? new RegExp(`\\b${sign}\\b`).test(name) : name.includes(sign);
