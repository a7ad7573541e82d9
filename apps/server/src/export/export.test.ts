import type { Conversation, Message } from '@koreromai/contract';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Out, type Person, startServer, type TestServer } from '../test/server.ts';
import { download, picture, upload } from '../test/upload.ts';

const path = '/api/v1/users/me/export';

eachDatabase('the export of everything one can see', (dialect: Dialect) => {
  let server: TestServer;
  let people: Person[] = [];
  beforeAll(async () => {
    server = await startServer({ dialect });
    people = await server.people('ana', 'ben', 'cat', 'dan');
  });
  afterAll(async () => {
    const { faults } = server;
    await server[Symbol.asyncDispose]();
    expect(faults).toEqual([]);
  });
  const cast = () => people as [Person, Person, Person, Person];
  const post = async (who: Person, conversationId: string, text: string, more: object = {}) =>
    (await server.ok<{ message: Message }>('messages.post', { conversationId, text, ...more }, who)).message;

  /** What is in somebody's zip: bytes by name. */
  async function exported(who: Person) {
    const { status, bytes } = await download(server, who, path);
    expect(status).toBe(200);
    const files = unzipSync(Uint8Array.from(bytes));
    const json = <T>(name: string) => JSON.parse(strFromU8(files[name] ?? new Uint8Array())) as T;
    const messages = (id: string) =>
      strFromU8(files[`conversations/${id}/messages.ndjson`] ?? new Uint8Array())
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Message);
    return { files, json, messages, names: Object.keys(files) };
  }

  test('U8, H1: all that is visible is in it, page after page, and nothing else', async () => {
    const [ana, ben, cat, dan] = cast();
    const group = await server.group(ana, [ben.email, cat.email]);
    await post(ana, group.id, 'before dan came');
    await server.ok('conversations.update', { conversationId: group.id, add: [dan.email] }, ana);
    const hidden = await post(ana, group.id, 'dan hides this');
    await server.ok('messages.delete', { messageId: hidden.id, for: 'me' }, dan);
    const gone = await post(ben, group.id, 'taken back');
    await server.ok('messages.delete', { messageId: gone.id, for: 'everyone' }, ben);
    await Promise.all(Array.from({ length: 210 }, (_, n) => post(n % 2 ? ana : ben, group.id, `message ${n} māori`)));

    const cleared = await server.group(ana, [ben.email, dan.email], 'Cleared');
    await post(ben, cleared.id, 'before the clearing');
    await server.ok('conversations.clear', { conversationId: cleared.id }, dan);
    await post(ben, cleared.id, 'after the clearing');
    const left = await server.group(ana, [ben.email, cat.email, dan.email], 'Left');
    await post(dan, left.id, 'i was here');
    await server.ok('conversations.leave', { conversationId: left.id }, dan);
    const closed = await server.group(ana, [ben.email, dan.email], 'Closed');
    await post(ana, closed.id, 'not for long');
    await server.ok('conversations.close', { conversationId: closed.id }, ana);
    const strange = await server.group(ana, [ben.email, cat.email], 'Strange');
    await post(ana, strange.id, 'not for dan');
    const room = await server.ok<Out['rooms']['create']>('rooms.create', { name: `Harbour ${dialect}` }, ana);
    await post(ana, room.id, 'said in the room');
    await server.ok('rooms.follow', { roomId: room.id }, dan);

    const zip = await exported(dan);
    const seen: Message[] = [];
    for (let cursor: string | null = null, first = true; first || cursor; first = false) {
      const input = { conversationId: group.id, limit: 100, order: 'asc', ...(cursor ? { cursor } : {}) };
      const page: Out['messages']['list'] = await server.ok('messages.list', input, dan);
      seen.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(seen.length).toBe(211);
    expect(zip.messages(group.id)).toEqual(seen);
    expect(zip.messages(group.id).filter((m) => m.deleted)).toMatchObject([{ id: gone.id, text: null }]);
    expect(zip.messages(cleared.id).map((m) => m.text)).toEqual(['after the clearing']);
    expect(zip.messages(room.id).map((m) => m.text)).toEqual(['said in the room']);
    expect(
      zip
        .json<Conversation[]>('conversations.json')
        .map((c) => c.id)
        .toSorted(),
    ).toEqual([group.id, cleared.id, room.id].toSorted());
    const all = Object.values(zip.files)
      .map((bytes) => strFromU8(bytes))
      .join('\n');
    for (const never of [
      'before dan came',
      'dan hides this',
      'taken back',
      'before the clearing',
      'i was here',
      'not for long',
      'not for dan',
    ])
      expect(all, never).not.toContain(never);
    expect(all, 'E4').not.toContain(cat.email);
    expect(zip.names).not.toContain('left-out.json');
  });

  test('U8: it tells who one is, where one is signed in, and whom one is tied to', async () => {
    const [ana, ben, cat, dan] = cast();
    await server.ok('follows.add', { userId: ben.id }, cat);
    await server.ok('blocks.add', { userId: dan.id }, cat);
    await server.ok('contacts.request', { person: ana.id }, cat);
    const { json, names } = await exported(cat);
    expect(json('profile.json')).toEqual(await server.ok('users.me', undefined, cat));
    expect(json<{ email: string }>('profile.json').email).toBe(cat.email);
    for (const [name, procedure] of [
      ['contacts', 'contacts.list'],
      ['follows', 'follows.list'],
      ['blocks', 'blocks.list'],
      ['refusals', 'refusals.list'],
      ['sessions', 'auth.sessions'],
    ] as const) {
      const page = await server.ok<{ items: unknown[] }>(procedure, {}, cat);
      expect(json(`${name}.json`), name).toEqual(page.items);
      if (name !== 'refusals') expect(page.items.length, name).toBe(1);
    }
    for (const name of names)
      expect(name).toMatch(/^([a-z-]+\.json|conversations\/[0-9a-f-]{36}\/messages\.ndjson|files\/[0-9a-f-]{36}\.[a-z0-9]+)$/);
  });

  test('U8, U4: the files of what one sees are in it, byte for byte and under names of ours; others are not', async () => {
    const [ana, ben, cat] = cast();
    const group = await server.group(ana, [ben.email, cat.email]);
    const send = async (name: string) => {
      const { body } = await upload(server, ana, picture(60, 40), { name });
      return { file: body, message: await post(ana, group.id, 'look', { attachmentIds: [body.id] }) };
    };
    const [shown, veiled, back] = [await send('../../kea.png'), await send('hidden.png'), await send('back.png')];
    await server.ok('messages.delete', { messageId: veiled.message.id, for: 'me' }, ben);
    await server.ok('messages.delete', { messageId: back.message.id, for: 'everyone' }, ana);
    const { files, names } = await exported(ben);
    expect(names.filter((name) => name.startsWith('files/'))).toEqual([`files/${shown.file.id}.png`]);
    const { bytes } = await download(server, ben, shown.file.url);
    expect(Buffer.from(files[`files/${shown.file.id}.png`] ?? []).equals(bytes)).toBe(true);
    expect(names.join()).not.toContain('kea');
  });

  test('U1: it is for its reader alone and nothing in it can run; a stranger meets 401; asking for its head makes none', async () => {
    const [ana] = cast();
    expect((await download(server, null, path)).status).toBe(401);
    const { headers } = await download(server, ana, path);
    expect(headers.get('content-type')).toBe('application/zip');
    expect(headers.get('content-disposition')).toBe('attachment; filename="koreromai-export.zip"');
    expect(headers.get('cache-control')).toMatch(/^private, no-store/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    const count = async () => (await entries()).length;
    const before = await count();
    const head = await download(server, ana, path, {}, 'HEAD');
    expect([head.status, head.bytes.length, await count()]).toEqual([200, 0, before]);
  });

  /** What the admins' record says of exports. */
  const entries = async () => {
    const rows = await server.services.read
      .selectFrom('audit')
      .select(['target_id', 'actor_id'])
      .where('action', '=', 'user.exported')
      .execute();
    return rows.map((r) => [r.actor_id?.toString('hex'), r.target_id?.toString('hex')]);
  };

  test('K6: each one is written down', async () => {
    const [, , , dan] = cast();
    const id = dan.id.replaceAll('-', '');
    const mine = async () => (await entries()).filter(([actor, target]) => actor === id && target === id).length;
    const before = await mine();
    await exported(dan);
    expect(await mine()).toBe(before + 1);
  });

  test('a session that ends takes its export with it, and a reader who goes away ends theirs', async () => {
    const [ana, ben, cat] = cast();
    const group = await server.group(ana, [ben.email, cat.email]);
    const whole = server.services.storage;
    let reads = 0;
    const get = whole.get;
    const { body } = await upload(server, ana, picture(60, 40));
    await post(ana, group.id, 'held', { attachmentIds: [body.id] });
    const gate = Promise.withResolvers<void>();
    whole.get = async (key, range) => {
      reads++;
      await gate.promise;
      return get(key, range);
    };
    try {
      const token = (await server.ok<{ token: string }>('auth.signIn', { email: ben.email, password: ben.password }, ben)).token;
      const broken = fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}` } }).then((r) => r.arrayBuffer());
      broken.catch(() => {}); // looked at below
      const gone = new AbortController();
      const given = fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${ana.token}` }, signal: gone.signal }).then((r) =>
        r.arrayBuffer(),
      );
      given.catch(() => {}); // looked at below
      await eventually('both are at a file', () => reads === 2 && server.streams() === 2);
      await server.ok('auth.signOut', undefined, { ...ben, token });
      await expect(broken).rejects.toThrow();
      await eventually('it is over', () => server.streams() === 1);
      gone.abort();
      await expect(given).rejects.toThrow();
      await eventually('that one, too', () => server.streams() === 0);
      gate.resolve();
    } finally {
      gate.resolve();
      whole.get = get;
    }
    expect((await exported(ben)).names).toContain(`files/${body.id}.png`);
  });

  test('five in an hour are enough', async () => {
    await using strict = await startServer({ dialect, rateLimits: true });
    const [ana] = await strict.people('ana');
    const asked: number[] = [];
    for (let n = 0; n < 6; n++) asked.push((await download(strict, ana, path)).status);
    expect(asked).toEqual([200, 200, 200, 200, 200, 429]);
  });
});
