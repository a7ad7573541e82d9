import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Console } from '@koreromai/api';
import { eachDatabase, freshDatabase } from '@koreromai/testing';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { call } from '../test/http.ts';
import { koreromai } from '../test/koreromai.ts';
import { folder, freePort, serving, startChild } from '../test/process.ts';
import { send } from '../test/rest.ts';
import { openDesk } from './socket.ts';

/** What is in a zip, as text by name; what may differ from minute to minute left out. */
const inside = (bytes: Uint8Array) =>
  Object.fromEntries(
    Object.entries(unzipSync(bytes)).flatMap(([name, file]) => (name === 'sessions.json' ? [] : [[name, strFromU8(file, true)]])),
  );

eachDatabase('koreromai export', (dialect) => {
  test('U8, K6: it writes the zip that the person could fetch, with a server and without, and it is written down as done at the server', async () => {
    using data = folder();
    await using database = await freshDatabase(dialect);
    const env = { DATA_DIR: join(data.path, 'data'), DATABASE_URL: database.url, PORT: String(await freePort()) };
    const out = (name: string) => join(data.path, name);
    mkdirSync(env.DATA_DIR);
    let fetched: Record<string, string>;
    let id = '';
    {
      await using child = startChild(env);
      await serving(child);
      const enter = async (name: string) =>
        (await call(child.url, 'auth.signUp', { email: `${name}@example.nz`, password: 'correct horse', name })).data as {
          user: { id: string };
          token: string;
        };
      const [ana, ben] = [await enter('ana'), await enter('ben')];
      id = ben.user.id;
      const picture = new FormData();
      picture.set('file', new Blob([readFileSync(join(import.meta.dirname, '../../../../docs/pictures/wide-light.png'))]), 'wide.png');
      const kept = await fetch(`${child.url}/api/v1/attachments`, {
        method: 'POST',
        body: picture,
        headers: { authorization: `Bearer ${ana.token}` },
      });
      const attachment = (await kept.json()) as { id: string };
      const first = await send(child.url, 'POST', `/users/${id}/messages`, { text: 'Kia ora' }, { token: ana.token });
      await send(
        child.url,
        'POST',
        `/conversations/${(first.data as { conversationId: string }).conversationId}/messages`,
        { text: '', attachmentIds: [attachment.id] },
        { token: ana.token },
      );
      for (let i = 0; i < 120; i++) await send(child.url, 'POST', `/users/${id}/messages`, { text: `number ${i} ā` }, { token: ana.token });
      await send(child.url, 'POST', '/rooms', { name: 'Not bens', access: 'allowlist' }, { token: ana.token });

      const own = await fetch(`${child.url}/api/v1/users/me/export`, { headers: { authorization: `Bearer ${ben.token}` } });
      fetched = inside(new Uint8Array(await own.arrayBuffer()));
      expect(Object.keys(fetched).filter((name) => name.startsWith('files/'))).toHaveLength(1);
      const through = await koreromai(env, 'export', '--user', 'BEN@example.nz', '--out', out('through.zip'));
      expect([through.code, through.err]).toEqual([0, '']);
      expect(through.out).toMatch(/^This is everything that \S+ can see\.\n$/);
      const audit = (await call(child.url, 'admin.audit', {}, { token: ana.token })).data as {
        items: { action: string; actor: unknown; targetId: string | null; address: string }[];
      };
      expect(audit.items.filter((e) => e.action === 'user.exported').map((e) => [e.actor === null, e.address, e.targetId])).toEqual([
        [true, 'local', id],
        [false, '127.0.0.1', id],
      ]);
      expect(child.err()).toBe('');
      child.process.kill('SIGTERM');
      expect(await child.ended).toBe(0);
    }
    const alone = await koreromai(env, 'export', '--user', id, '--out', out('alone.zip'));
    expect([alone.code, alone.err]).toEqual([0, '']);
    for (const name of ['through.zip', 'alone.zip']) {
      expect(inside(readFileSync(out(name)))).toEqual(fetched);
      expect(statSync(out(name)).mode & 0o777).toBe(0o600);
    }
    const nobody = await koreromai(env, 'export', '--user', 'nobody@example.nz', '--out', out('nobody.zip'));
    expect([nobody.code, nobody.out, nobody.err.trim().split('\n').length]).toEqual([1, '', 1]);
    expect(readdirSync(data.path).toSorted()).toEqual(['alone.zip', 'data', 'through.zip']);
  });
});

test('U8: a file that is there stays, a place that cannot be written is told in a sentence, and half a zip is never left behind', async () => {
  using data = folder();
  const env = { DATA_DIR: data.path };
  const there = join(data.path, 'there.zip');
  writeFileSync(there, 'mine');
  let asked = 0;
  const zip = async function* () {
    yield new Uint8Array(300_000);
    throw new Error('the disk is gone');
  };
  const faults: unknown[] = [];
  const breaking = {
    async export() {
      asked++;
      return { username: 'ben', zip: zip() };
    },
  } as unknown as Console;
  const server = await openDesk(data.path, breaking, (error) => void faults.push(error));
  const wrong = [
    [there, /^\S+there\.zip is there already: choose another name with --out\.\n$/],
    [join(data.path, 'no', 'such.zip'), /^\S+such\.zip cannot be written \(ENOENT\): .*--out\.\n$/],
  ] as const;
  for (const [out, sentence] of wrong) {
    const { code, err } = await koreromai(env, 'export', '--user', 'ben', '--out', out);
    expect([code, err]).toEqual([1, expect.stringMatching(sentence)]);
  }
  expect([readFileSync(there, 'utf8'), asked]).toEqual(['mine', 0]); // nothing was asked, so nothing is written into the audit
  const broken = await koreromai(env, 'export', '--user', 'ben', '--out', join(data.path, 'broken.zip'));
  expect([broken.code, broken.out, broken.err.trim().split('\n').length, asked]).toEqual([1, '', 1, 1]);
  expect(faults).toMatchObject([{ message: 'the disk is gone' }]);
  expect(existsSync(join(data.path, 'broken.zip')) || existsSync(join(data.path, 'broken.zip.part'))).toBe(false);
  for (const args of [
    ['--user', 'ben'],
    ['--out', 'x.zip'],
    ['--user', 'ben', '--out', 'x.zip', '--loud'],
  ])
    expect([args, (await koreromai(env, 'export', ...args)).code]).toEqual([args, 2]);
  await server.close();
});
