import { allows } from './spdx.mjs';

/** MIT and what is comparable: use it, change it, pass it on, name its authors. */
export const taken = new Set([
  ...['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0'],
  ...['BlueOak-1.0.0', 'Unlicense', 'CC0-1.0', 'Zlib', 'Python-2.0', 'PSF-2.0'],
]);

/** Taken for one package alone, and why. */
export const exceptions = [
  {
    name: /^@img\/sharp-(libvips-|win32-|wasm32)/,
    also: 'LGPL-3.0-or-later',
    why: 'libvips, unmodified, as a library of its own that anybody may replace: sharp loads it when it runs',
  },
];

/**
 * @typedef {{ name: string, license: string | null }} Package
 * @param {readonly Package[]} packages
 * @returns {{ wrong: string[], excepted: string[], counts: Map<string, number> }} a sentence for each that is not taken
 */
export function judge(packages) {
  /** @type {string[]} */
  const wrong = [];
  /** @type {string[]} */
  const excepted = [];
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { name, license } of packages) {
    counts.set(license ?? 'none', (counts.get(license ?? 'none') ?? 0) + 1);
    if (license !== null && allows(license, taken)) continue;
    const exception = exceptions.find((one) => one.name.test(name));
    if (license !== null && exception && allows(license, new Set([...taken, exception.also])))
      excepted.push(`${name}: ${license} (${exception.why})`);
    else
      wrong.push(
        `${name} has the licence ${license ?? 'of nobody: none is named'}: take another library, or say in scripts/licenses/rules.mjs why it may stay.`,
      );
  }
  return { wrong, excepted, counts };
}

/**
 * The licence that a manifest names, old ways of saying it included.
 * @param {{ license?: unknown, licenses?: unknown }} manifest
 * @returns {string | null}
 */
export function licenseOf({ license, licenses }) {
  const said = license ?? licenses;
  const one = (/** @type {any} */ entry) => (typeof entry === 'string' ? entry : typeof entry?.type === 'string' ? entry.type : null);
  if (!Array.isArray(said)) return one(said) || null;
  const each = said.map(one);
  return each.length > 0 && each.every(Boolean) ? each.join(' OR ') : null;
}
