import { appendFileSync, copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Dialect, eachDatabase, eventually, freshDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { call } from '../test/http.ts';
import { koreromai } from '../test/koreromai.ts';
import { folder, freePort, serving, startChild } from '../test/process.ts';
import { send } from '../test/rest.ts';
import type { Out } from '../test/server.ts';
import { openStream } from '../test/stream.ts';
import { readManifest } from './manifest.ts';

const picture = join(import.meta.dirname, '../../../../docs/pictures/wide-light.png');
const awkward = 'kōrero \u2028 "quoted" \\ \'single\' 🪁 \u0001 ; -- \n next line';

interface Posted {
  readonly id: string;
  readonly text: string;
}

/** What a row's content should be after a restore: all but what makes it another life, and the lease of whoever ran then. */
const comparable = async (path: string) =>
  (await readManifest(path)).tables.filter(({ table }) => table !== 'instance').map(({ sha256, ...t }) => t);

/** An instance with talk in it that goes on while `during` is done. Gives what was acknowledged before, a place in the log, and the way in. */
async function talking(env: Record<string, string>, during: (acknowledged: () => number) => Promise<void>) {
  await using child = startChild(env);
  await serving(child);
  const { token } = (await call(child.url, 'auth.signUp', { email: 'root@example.nz', password: 'correct horse', name: 'Root' }))
    .data as Out['auth']['signUp'];
  const room = (await send(child.url, 'POST', '/rooms', { name: 'Marae', access: 'public' }, { token })).data as { id: string };
  const form = new FormData();
  form.set('file', new Blob([readFileSync(picture)]), 'wide.png');
  const kept = await fetch(`${child.url}/api/v1/attachments`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${token}` },
  });
  const attachment = (await kept.json()) as { id: string };
  const posted: Posted[] = [];
  const post = async (text: string, attachmentIds: string[] = []) => {
    const reply = await send(child.url, 'POST', `/rooms/${room.id}/messages`, { text, attachmentIds }, { token });
    expect(reply.status).toBe(201);
    posted.push({ id: (reply.data as Posted).id, text: (reply.data as Posted).text }); // normalised
  };
  await post(awkward, [attachment.id]);
  let going = true;
  const poster = async (name: string) => {
    for (let i = 0; going; i++) await post(`${name} ${i} kōrero 🪁`);
  };
  const posters = ['ana', 'ben', 'moe'].map(poster);
  await eventually('some talk', () => posted.length > 30);
  const before = [...posted];
  await during(() => posted.length);
  const stream = await openStream({ url: child.url } as never, { authorization: `Bearer ${token}` }, `?room=${room.id}`);
  const place = await eventually('a place in the log', () => stream.frames.findLast((f) => f.data.type === 'message.created' && f.id)?.id);
  await stream[Symbol.asyncDispose]();
  going = false;
  await Promise.all(posters);
  return { before, all: posted, token, room: room.id, attachment: attachment.id, place };
}

async function fresh(dialect: Dialect, data: { path: string }, name: string) {
  const database = await freshDatabase(dialect);
  return {
    env: { DATA_DIR: join(data.path, name), DATABASE_URL: database.url, RATE_LIMITS: 'off', PORT: String(await freePort()) },
    database,
  };
}

eachDatabase('koreromai backup and restore', (dialect) => {
  test('F25: taken while people post, restored elsewhere: all that was acknowledged is there, sums are equal, old places are told reset', async () => {
    using data = folder();
    const old = await fresh(dialect, data, 'old');
    await using _old = old.database;
    const out = join(data.path, 'backup');
    let meanwhile = 0;
    const was = await talking(old.env, async (acknowledged) => {
      const start = acknowledged();
      const made = await koreromai(old.env, 'backup', '--out', out);
      expect([made.code, made.err]).toEqual([0, '']);
      meanwhile = acknowledged() - start;
      expect(made.out).toMatch(/message +[0-9a-f]{16} +\d+/);
    });
    expect(meanwhile, 'people went on posting').toBeGreaterThan(0);
    expect(statSync(out).mode & 0o777).toBe(0o700);
    expect(readdirSync(data.path).filter((name) => name.endsWith('.part'))).toEqual([]);

    const next = await fresh(dialect, data, 'next');
    await using _next = next.database;
    const restored = await koreromai(next.env, 'restore', '--from', out);
    expect([restored.code, restored.err]).toEqual([0, '']);
    const again = join(data.path, 'again');
    expect((await koreromai(next.env, 'backup', '--out', again)).err).toBe('');
    expect(await comparable(again)).toEqual(await comparable(out));
    expect((await readManifest(again)).files).toMatchObject({ count: (await readManifest(out)).files.count });

    await using child = startChild(next.env);
    await serving(child);
    const texts = new Map<string, string>();
    for (let cursor = ''; ; ) {
      const page = (await send(child.url, 'GET', `/rooms/${was.room}/messages?limit=100${cursor}`, undefined, { token: was.token }))
        .data as {
        items: Posted[];
        nextCursor: string | null;
      };
      for (const { id, text } of page.items) texts.set(id, text);
      if (page.nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
    const lost = was.before.filter(({ id, text }) => texts.get(id) !== text);
    process.stdout.write(
      `backup [${dialect}]: acknowledged before ${was.before.length}, posted meanwhile ${meanwhile}, restored ${texts.size}, lost ${lost.length}\n`,
    );
    expect(lost).toEqual([]);
    const bytes = await fetch(`${child.url}/api/v1/attachments/${was.attachment}`, { headers: { authorization: `Bearer ${was.token}` } });
    expect((await bytes.arrayBuffer()).byteLength).toBeGreaterThan(10_000);

    const auth = { authorization: `Bearer ${was.token}` };
    const server = { url: child.url } as never;
    await using told = await openStream(server, { ...auth, 'last-event-id': was.place ?? '' }, `?room=${was.room}`);
    const reset = await told.event('reset');
    expect(reset.data).toMatchObject({ reason: 'epoch' });
    // The place given with the reset is one of this life: who shows both goes on from there.
    await using goesOn = await openStream(server, { ...auth, 'last-event-id': reset.id ?? '' }, `?room=${was.room}&cursor=${was.place}`);
    await goesOn.event('checkpoint');
    expect(goesOn.frames.map((f) => f.data.type)).not.toContain('reset');
    await send(child.url, 'POST', `/rooms/${was.room}/messages`, { text: 'after' }, { token: was.token });
    await goesOn.event('message.created');
  });

  test('restore believes no backup that is half or altered, and fills only an empty place', async () => {
    using data = folder();
    const old = await fresh(dialect, data, 'old');
    await using _old = old.database;
    const out = join(data.path, 'backup');
    const before = await koreromai(old.env, 'backup', '--out', out);
    expect([before.code, before.err.trim().split('\n').length]).toEqual([1, 1]); // nothing there yet
    await talking(old.env, async () => {});
    expect((await koreromai(old.env, 'backup', '--out', out)).code).toBe(0);
    const twice = await koreromai(old.env, 'backup', '--out', out);
    expect([twice.code, twice.err]).toEqual([1, `${out} is there already: choose another name with --out.\n`]);

    const next = await fresh(dialect, data, 'next');
    await using _next = next.database;
    const bad = join(data.path, 'bad');
    const media = readdirSync(join(out, 'files'), { recursive: true, encoding: 'utf8' }).find((name) => name.length > 30) ?? '';
    const damages: (() => void)[] = [
      () => rmSync(join(bad, 'manifest.json')),
      () => appendFileSync(join(bad, 'tables/message.jsonl.gz'), 'x'),
      () => copyFileSync(join(bad, 'tables/user.jsonl.gz'), join(bad, 'tables/message.jsonl.gz')),
      () => rmSync(join(bad, 'tables/event.jsonl.gz')),
      () =>
        writeFileSync(
          join(bad, 'manifest.json'),
          readFileSync(join(bad, 'manifest.json'), 'utf8').replace('"takenAt":"20', '"takenAt":"19'),
        ),
      () => writeFileSync(join(bad, 'files', media), 'another picture'),
      () => rmSync(join(bad, 'files', media)),
      () => appendFileSync(join(bad, 'files.jsonl'), '\n'),
    ];
    for (const damage of damages) {
      rmSync(bad, { recursive: true, force: true });
      cpSync(out, bad, { recursive: true });
      damage();
      const { code, out: said, err } = await koreromai(next.env, 'restore', '--from', bad);
      expect([String(damage), code, said, err.trim().split('\n').length]).toEqual([String(damage), 1, '', 1]);
      expect(err).toContain(bad);
    }
    mkdirSync(join(data.path, 'full/files/ab'), { recursive: true });
    writeFileSync(join(data.path, 'full/files/ab/01900000-0000-7000-8000-0000000000ab'), 'a file of another instance');
    const full = await koreromai({ ...next.env, DATA_DIR: join(data.path, 'full') }, 'restore', '--from', out);
    expect([full.code, full.err]).toMatchObject([1, /^The storage is not empty/]);
    expect((await koreromai(next.env, 'restore', '--from', out)).err).toBe('');
    const onto = await koreromai(next.env, 'restore', '--from', out);
    expect([onto.code, onto.err]).toMatchObject([1, / is not empty: name one that is/]);
    const live = await koreromai({ ...old.env, DATA_DIR: join(data.path, 'other') }, 'restore', '--from', out);
    expect([live.code, live.err]).toMatchObject([1, / is not empty: name one that is/]);
  });
});
