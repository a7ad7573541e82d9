import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startServer } from '../test/server.ts';
import { openapiFile } from './openapi/text.ts';

const run = promisify(execFile);
const beside = join(import.meta.dirname, '../test/client');
const tsc = realpathSync(join(import.meta.dirname, '../../../../node_modules/.bin/tsc'));

/** What somebody writes who has nothing but the document. */
const consumer = `
import { createClient } from './client/index.ts';
import { conversationsCreate, messagesEdit, messagesGet, messagesList, messagesPost, usersCreate, authSignIn, authSignOut } from './sdk.gen.ts';

export async function story(baseUrl: string) {
  const open = createClient({ baseUrl });
  const password = 'correct horse battery';
  for (const name of ['hana', 'rewi']) await usersCreate({ client: open, body: { email: name + '@example.nz', password, name }, throwOnError: true });
  const { data: me } = await authSignIn({ client: open, body: { email: 'hana@example.nz', password }, throwOnError: true });
  const client = createClient({ baseUrl, auth: () => me.token });
  const made = await conversationsCreate({ client, body: { kind: 'direct', person: 'rewi@example.nz' }, throwOnError: true });
  if (!('kind' in made.data)) throw new Error('Not pending: both have accounts.');
  const path = { id: made.data.id };
  const posted = await messagesPost({ client, path, body: { text: 'Kia ora' }, throwOnError: true });
  const tag = posted.response.headers.get('etag') ?? '';
  const edited = await messagesEdit({ client, path: { id: posted.data.id }, headers: { 'If-Match': tag }, body: { text: 'Kia ora koe' }, throwOnError: true });
  const { data: page } = await messagesList({ client, path, query: { limit: 5, order: 'desc' }, throwOnError: true });
  const missing = await messagesGet({ client, path: { id: made.data.id } });
  const out = await authSignOut({ client });
  return {
    statuses: [made.response.status, posted.response.status, edited.response.status, out.response?.status],
    texts: page.items.map((message) => message.text),
    code: missing.error?.code,
    version: edited.data.version,
  };
}
`;

test('a client generated from the document compiles and talks to the server; a wrong field does not compile', async () => {
  const dir = mkdtempSync(join(beside, 'tmp-'));
  try {
    await run(process.execPath, [join(beside, 'generate.ts'), openapiFile, dir]);
    writeFileSync(join(dir, 'consumer.ts'), consumer);
    writeFileSync(join(dir, 'wrong.ts'), consumer.replace('message.text', 'message.words').replace("order: 'desc'", "order: 'newest'"));
    const compilerOptions = {
      ...{ strict: true, noEmit: true, allowImportingTsExtensions: true, types: [] },
      ...{ module: 'nodenext', target: 'esnext', lib: ['esnext', 'dom', 'dom.iterable'] },
    };
    writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    const { stdout } = await run(process.execPath, [tsc, '-p', dir]).catch((failed: { stdout: string }) => failed);
    const said = stdout.split('\n').filter((line) => line.includes('error'));
    expect(said.filter((line) => !line.includes('wrong.ts'))).toEqual([]);
    expect(said.join('\n')).toMatch(/'words' does not exist/);
    expect(said.join('\n')).toMatch(/"newest"/);
    await using server = await startServer();
    const { story } = (await import(join(dir, 'consumer.ts'))) as { story: (baseUrl: string) => Promise<unknown> };
    expect(await story(`${server.url}/api/v1`)).toEqual({
      statuses: [201, 201, 200, 204],
      texts: ['Kia ora koe'],
      code: 'NOT_FOUND',
      version: 2,
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
