import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { errorCodes } from '@koreromai/contract';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const sources = globSync(['packages/*/src/**/*.ts', 'apps/server/src/**/*.ts'], { cwd: root })
  .filter((path) => !path.endsWith('contract/src/errors.ts') && !import.meta.filename.endsWith(path))
  .map((path) => ({ test: /\.test\.ts$|\/test\//.test(path), text: readFileSync(`${root}/${path}`, 'utf8') }));

/** Codes that none of these sources names. */
const unnamed = (inTests: boolean) => {
  const text = sources.filter((source) => source.test === inTests).map((source) => source.text);
  return Object.keys(errorCodes).filter((code) => !text.some((one) => new RegExp(`\\b${code}\\b`).test(one)));
};

describe('the codes of refusals', () => {
  test('each is told by something', () => expect(unnamed(false)).toEqual([]));
  test('each is produced by a test', () => expect(unnamed(true)).toEqual([]));
});
