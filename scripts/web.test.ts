import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fingerprint } from './web.mjs';

/** A repository whose web client imports `client`, which imports `contract`; nobody imports `db`. */
function repository() {
  const folder = mkdtempSync(join(tmpdir(), 'web-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('package-lock.json', '{}');
  write('tsconfig.base.json', '{}');
  write('apps/web/package.json', '{"dependencies":{"@koreromai/client":"0.1.0","solid-js":"1.9.19"}}');
  write('packages/client/package.json', '{"dependencies":{"@koreromai/contract":"0.1.0"}}');
  write('packages/contract/package.json', '{}');
  write('packages/db/package.json', '{}');
  return { folder, write };
}

test.for(['apps/web/src/a.tsx', 'packages/client/src/a.ts', 'packages/contract/src/a.ts', 'package-lock.json'])(
  'a change of %s builds again',
  (path) => {
    const { folder, write } = repository();
    const before = fingerprint(folder);
    write(path, 'export const a = 1;');
    expect(fingerprint(folder)).not.toBe(before);
  },
);

test.for(['packages/db/src/a.ts', 'apps/web/dist/index.html', 'apps/web/.turbo/log'])('a change of %s does not', (path) => {
  const { folder, write } = repository();
  const before = fingerprint(folder);
  write(path, 'export const a = 1;');
  expect(fingerprint(folder)).toBe(before);
});

test('the same files in another folder and with other times have the same fingerprint', () => {
  const { folder } = repository();
  const copy = `${folder}-copy`;
  onTestFinished(() => rmSync(copy, { recursive: true }));
  cpSync(folder, copy, { recursive: true });
  expect(fingerprint(copy)).toBe(fingerprint(folder));
});
