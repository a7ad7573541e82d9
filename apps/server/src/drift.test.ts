import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const fixture = join(import.meta.dirname, 'test/drift');
const tsc = realpathSync(join(import.meta.dirname, '../../../node_modules/.bin/tsc'));

/** What a consumer would still write after the router changed under it, and what the compiler says of it. */
const drifts: Readonly<Record<string, [from: string, to: string, said: RegExp]>> = {
  'a renamed field': ['me.username', 'me.handle', /'handle' does not exist/],
  'a missing field': ['?.text', '?.body', /'body' does not exist/],
  'a renamed procedure': ['users.me.query', 'users.self.query', /'self' does not exist/],
  'a value that is no more': ["order: 'desc'", "order: 'newest'", /"newest"/],
  'a renamed input': ['{ conversationId,', '{ roomId: conversationId,', /'roomId' does not exist/],
};

test('a client that uses a field, a procedure or an input that is no more does not compile, and a healthy one does', async () => {
  const healthy = readFileSync(join(fixture, 'healthy.ts'), 'utf8');
  const dir = mkdtempSync(join(fixture, 'tmp-'));
  try {
    const sources = [healthy, ...Object.values(drifts).map(([from, to]) => healthy.replace(from, to))];
    for (const [i, source] of sources.entries()) writeFileSync(join(dir, `consumer${i}.ts`), source);
    const config = { extends: '../../../../../../tsconfig.base.json', compilerOptions: { noEmit: true }, include: ['*.ts'] };
    writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify(config));
    const failed = (error: { stdout: string }) => ({ stdout: error.stdout });
    const { stdout } = await run(process.execPath, [tsc, '-p', dir]).catch(failed);
    const saidOf = (i: number) => stdout.split('\n').filter((line) => line.includes(`consumer${i}.ts`));
    expect(saidOf(0), 'healthy').toEqual([]);
    for (const [i, [name, [, , said]]] of Object.entries(drifts).entries()) expect(saidOf(i + 1).join('\n'), name).toMatch(said);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
