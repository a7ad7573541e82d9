import type { Attachment, Message } from '@koreromai/contract';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startServer, type TestServer } from '../test/server.ts';
import { download, picture, upload } from '../test/upload.ts';

eachDatabase('bytes of files', (dialect: Dialect) => {
  let server: TestServer;
  let people: Person[] = [];
  beforeAll(async () => {
    server = await startServer({ dialect });
    people = await server.people('ana', 'ben', 'cat', 'out');
  });
  afterAll(async () => {
    const { faults } = server;
    await server[Symbol.asyncDispose]();
    expect(faults).toEqual([]);
  });
  const cast = () => people as [Person, Person, Person, Person];

  /** A picture that Ana sent to the others but not to `out`. */
  async function sent() {
    const [ana, ben, cat] = cast();
    const group = await server.group(ana, [ben.email, cat.email]);
    const { body } = await upload(server, ana, picture(600, 400), { name: 'kea.png' });
    const { message } = await server.ok<{ message: Message }>(
      'messages.post',
      { conversationId: group.id, text: '', attachmentIds: [body.id] },
      ana,
    );
    return { group, file: body as Attachment, message };
  }

  test('U1, U2: every answer with bytes is for its reader alone, and nothing in it can run', async () => {
    const [ana, ben] = cast();
    const { file } = await sent();
    await upload(server, ana, picture(), { method: 'PUT', path: '/users/me/avatar' });
    const thumbnail = `${file.url}/thumbnail`;
    for (const path of [file.url, thumbnail, `/api/v1/users/${ana.id}/avatar`]) {
      for (const method of ['GET', 'HEAD']) {
        const { status, headers, bytes } = await download(server, ben, path, {}, method);
        expect([path, status, bytes.length > 0]).toEqual([path, 200, method === 'GET']);
        if (method === 'GET') expect(Number(headers.get('content-length'))).toBe(bytes.length);
        else expect(Number(headers.get('content-length'))).toBeGreaterThan(0);
        expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
        expect(headers.get('content-disposition')).toMatch(/^attachment; filename="/);
        expect(headers.get('content-type')).toMatch(/^image\/(png|webp)$/);
        expect(headers.get('referrer-policy')).toBe('no-referrer');
        const cache = path.includes('avatar') ? 'private, max-age=300' : 'private, no-store';
        expect(headers.get('cache-control')).toBe(cache);
      }
    }
    expect((await download(server, ben, `/api/v1/attachments/${file.id}/nothing`)).headers.get('content-security-policy')).toContain(
      "'self'",
    );
  });

  test('U1, C5: a stranger meets 404 at every door, whole, small, in part, by head and by tag, and so does who was removed', async () => {
    const [ana, , cat, out] = cast();
    const { file, group } = await sent();
    const { headers } = await download(server, ana, file.url);
    const doors: [path: string, headers: Record<string, string>, method: string][] = [
      [file.url, {}, 'GET'],
      [`${file.url}/thumbnail`, {}, 'GET'],
      [file.url, {}, 'HEAD'],
      [file.url, { range: 'bytes=0-3' }, 'GET'],
      [file.url, { 'if-none-match': headers.get('etag') ?? '' }, 'GET'],
      [file.url, { 'if-none-match': '*' }, 'GET'],
    ];
    const knock = (who: Person | null) =>
      Promise.all(doors.map(async ([path, more, method]) => (await download(server, who, path, more, method)).status));
    expect(await knock(cat)).toEqual([200, 200, 200, 206, 304, 304]);
    expect(new Set(await knock(out))).toEqual(new Set([404]));
    expect(new Set(await knock(null))).toEqual(new Set([401]));
    await server.ok('conversations.update', { conversationId: group.id, add: [out.email], remove: [cat.id] }, ana);
    expect(new Set(await knock(cat)), 'removed').toEqual(new Set([404]));
    expect(new Set(await knock(out)), 'came later').toEqual(new Set([404]));
    const nothing = (await download(server, out, '/api/v1/attachments/0198a000-0000-7000-8000-000000000000')).bytes.toString();
    const hidden = (await download(server, out, file.url)).bytes.toString();
    const plain = (text: string) => text.replace(/"traceId":"[^"]*"/, '');
    expect(plain(hidden), 'a file that is not mine looks like none').toBe(plain(nothing));
    for (const odd of ['x', '..%2f..%2fetc%2fpasswd', '%00', `${file.id}-t`, file.id.toUpperCase()]) {
      expect([odd, (await download(server, out, `/api/v1/attachments/${odd}`)).status]).toEqual([odd, 404]);
    }
  });

  test('a part of a file is that part, and nothing else is one', async () => {
    const [ana] = cast();
    const { file } = await sent();
    const whole = (await download(server, ana, file.url)).bytes;
    const size = whole.length;
    const cases: [range: string, status: number, from?: number, to?: number][] = [
      ['bytes=0-0', 206, 0, 0],
      ['bytes=10-19', 206, 10, 19],
      [`bytes=${size - 1}-`, 206, size - 1, size - 1],
      ['bytes=-5', 206, size - 5, size - 1],
      ['bytes=-999999999', 206, 0, size - 1],
      [`bytes=5-${size * 2}`, 206, 5, size - 1],
      [`bytes=${size}-`, 416],
      ['bytes=-0', 416],
      ['bytes=9-5', 200, 0, size - 1],
      ['bytes=0-1,4-5', 200, 0, size - 1],
      ['rows=0-1', 200, 0, size - 1],
      ['bytes=1e2-', 200, 0, size - 1],
    ];
    for (const [range, status, from = 0, to = -1] of cases) {
      const part = await download(server, ana, file.url, { range });
      expect([range, part.status]).toEqual([range, status]);
      if (status === 416) expect(part.headers.get('content-range')).toBe(`bytes */${size}`);
      else expect(part.bytes.equals(whole.subarray(from, to + 1)), range).toBe(true);
      if (status === 206) expect(part.headers.get('content-range')).toBe(`bytes ${from}-${to}/${size}`);
    }
    const etag = (await download(server, ana, file.url)).headers.get('etag') ?? '';
    const conditional = await Promise.all(
      [etag, '"another"'].map((tag) => download(server, ana, file.url, { range: 'bytes=0-1', 'if-range': tag })),
    );
    expect(conditional.map((c) => c.status)).toEqual([206, 200]);
  });

  test('R075: a live frame carries the files of a message, as the list and the single message do', async () => {
    const [ana, ben] = cast();
    const group = await server.group(ana, [ben.email, cast()[2].email]);
    using socket = await server.socket(ben);
    socket.send({ id: 1, method: 'subscription', params: { path: 'events.subscribe', input: {} } });
    await eventually('it is let in', () => socket.frames.length > 0);
    const { body } = await upload(server, ana, picture(60, 40));
    const { message } = await server.ok<{ message: Message }>(
      'messages.post',
      { conversationId: group.id, text: 'look', attachmentIds: [body.id] },
      ana,
    );
    expect(message.attachments).toEqual([body]);
    await eventually('the frame', () =>
      socket.texts.some((text) => text.includes('message.created') && text.includes(`/attachments/${body.id}/thumbnail`)),
    );
    const page = await server.ok<{ items: Message[] }>('messages.list', { conversationId: group.id }, ben);
    expect(page.items[0]?.attachments).toEqual([body]);
    expect((await server.ok<Message>('messages.get', { messageId: message.id }, ben)).attachments).toEqual([body]);
  });

  test('U9, G10: the bytes of a deleted message are 404 at once and off the disk with the next sweep', async () => {
    const [ana, ben] = cast();
    const { file, message } = await sent();
    await server.ok('messages.delete', { messageId: message.id, for: 'everyone' }, ana);
    for (const who of [ana, ben]) {
      for (const path of [file.url, `${file.url}/thumbnail`]) expect((await download(server, who, path)).status).toBe(404);
    }
    await server.services.sweep.now();
    await server.services.sweep.now();
    expect(await Array.fromAsync(server.services.storage.keys())).not.toContain(file.id);
  });

  test('an avatar is put, shown under a new address, and taken away; a video is none', async () => {
    const [ana, ben] = cast();
    const put = (bytes: Buffer) => upload(server, ana, bytes, { method: 'PUT', path: '/users/me/avatar' });
    const shown = async () => (await server.ok<{ avatarUrl: string | null }>('users.me', undefined, ana)).avatarUrl;
    expect((await put(picture(300, 200))).status).toBe(204);
    const first = await shown();
    expect((await put(picture(200, 300))).status).toBe(204);
    expect(await shown()).not.toBe(first);
    const { status, bytes, headers } = await download(server, ben, (await shown()) ?? '');
    expect([status, headers.get('content-type'), bytes.toString('latin1', 8, 12)]).toEqual([200, 'image/webp', 'WEBP']);
    expect((await put(Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isomiso2mp41', 'latin1'))).code).toBe('UNSUPPORTED_MEDIA');
    expect((await download(server, null, `/api/v1/users/${ana.id}/avatar`)).status).toBe(401);
    for (const twice of [204, 204]) expect((await download(server, ana, '/api/v1/users/me/avatar', {}, 'DELETE')).status).toBe(twice);
    expect([await shown(), (await download(server, ben, `/api/v1/users/${ana.id}/avatar`)).status]).toEqual([null, 404]);
  });

  test('a page of another site may neither upload nor change a picture', async () => {
    const [ana] = cast();
    for (const [method, path] of [
      ['POST', '/attachments'],
      ['PUT', '/users/me/avatar'],
      ['DELETE', '/users/me/avatar'],
    ] as const) {
      const headers = { authorization: `Bearer ${ana.token}`, origin: 'https://evil.example' };
      const body = method === 'DELETE' ? null : new FormData();
      expect((await fetch(`${server.url}/api/v1${path}`, { method, headers, body })).status).toBe(403);
    }
  });
});
