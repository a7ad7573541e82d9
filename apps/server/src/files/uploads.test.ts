import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { limits } from '@koreromai/contract';
import { type Dialect, eachDatabase, eventually, pngOf } from '@koreromai/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rawConnection } from '../test/raw.ts';
import { type Person, startServer, type TestServer } from '../test/server.ts';
import { download, picture, rawForm, upload, uploadRaw } from '../test/upload.ts';

eachDatabase('uploads', (dialect: Dialect) => {
  let server: TestServer;
  let ana: Person;
  beforeAll(async () => {
    server = await startServer({ dialect });
    ana = await server.signUp('ana');
  });
  afterAll(async () => {
    const { faults } = server;
    await server[Symbol.asyncDispose]();
    expect(faults).toEqual([]);
  });
  const filesKept = () => readdirSync(join(server.folder, 'files'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  const incoming = () => readdirSync(join(server.folder, 'incoming'));

  test('R075: a picture is kept under its sniffed type, with its size in bytes and pixels, and comes back with a small one', async () => {
    const made = await upload(server, ana, picture(600, 300), { name: 'Kākāpō.PNG', type: 'text/plain' });
    expect(made.status).toBe(201);
    const { id, name, type, size, width, height, url, thumbnail } = made.body;
    expect([name, type, width, height, url]).toEqual(['Kākāpō.PNG', 'image/png', 600, 300, `/api/v1/attachments/${id}`]);
    expect(thumbnail).toEqual({ url: `${url}/thumbnail`, width: 480, height: 240 });
    expect(made.headers.get('location')).toMatch(new RegExp(`^http://localhost:\\d+${url}$`));
    const whole = await download(server, ana, url);
    expect([whole.status, whole.headers.get('content-type'), whole.bytes.length]).toEqual([200, 'image/png', size]);
    const small = await download(server, ana, `${url}/thumbnail`);
    expect([small.status, small.headers.get('content-type'), small.bytes.toString('latin1', 8, 12)]).toEqual([200, 'image/webp', 'WEBP']);
    expect(incoming()).toEqual([]);
  });

  test('UI20: what it shows can come with it, or afterwards by PATCH, in at most 1,000 characters', async () => {
    const made = await upload(server, ana, picture(), { description: ' Kākāpō, \u202eresting ' });
    expect(made.body.description).toBe('Kākāpō, \u202eresting');
    expect((await upload(server, ana, picture(), { description: '🥝'.repeat(1_000) })).body.description).toBe('🥝'.repeat(1_000));
    for (const long of ['x'.repeat(1_001), 'x'.repeat(20_000)])
      expect((await upload(server, ana, picture(), { description: long })).code, `${long.length}`).toBe('BAD_INPUT');
    const changed = await fetch(`${server.url}${made.body.url}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${ana.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ description: 'Asleep' }),
    });
    expect([changed.status, await changed.json()]).toEqual([200, { ...made.body, description: 'Asleep' }]);
  });

  test('R075, U7: a place in the picture’s file is nowhere in what is kept', async () => {
    const raw = pngOf(16, 16, 16, ['tEXt', Buffer.from('Comment\0canary')], ['eXIf', Buffer.from('MM\0*\0\0\0\x08\0\0canary', 'latin1')]);
    const { body } = await upload(server, ana, raw);
    for (const path of [body.url, `${body.url}/thumbnail`])
      expect((await download(server, ana, path)).bytes.includes('canary')).toBe(false);
  });

  test('R075, U3: what is no picture or video of ours is 415, whatever it is called', async () => {
    const kinds: Readonly<Record<string, Buffer>> = {
      html: Buffer.from('<!doctype html><script>alert(1)</script>'),
      svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      xml: Buffer.from('<?xml version="1.0"?><?xml-stylesheet href="x.xsl" type="text/xsl"?><a/>'),
      pdf: Buffer.from('%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>'),
      'gif that is a script': Buffer.from('GIF89a/*\0\0\0\0\0*/=1;alert(1);//'),
      zip: Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'),
      tiff: Buffer.from('II*\0\x08\0\0\0\0\0', 'latin1'),
      heic: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
      quicktime: Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0qt  ', 'latin1'),
      exe: Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'),
      nothing: Buffer.alloc(0),
      'a png’s first bytes': picture().subarray(0, 8),
      'half a png': picture(64, 64).subarray(0, 60),
      'an mp4 without a picture': Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42\0\0\0\x08moov', 'latin1'),
    };
    const before = filesKept().length;
    for (const [kind, bytes] of Object.entries(kinds)) {
      const { status, code } = await upload(server, ana, bytes, { name: 'photo.png', type: 'image/png' });
      expect([kind, status, code]).toEqual([kind, 415, 'UNSUPPORTED_MEDIA']);
    }
    expect([filesKept().length, incoming()]).toEqual([before, []]);
  });

  test('U3, U4, E10: a name is one plain line that ends as its type does, and leads nowhere', async () => {
    const names: Readonly<Record<string, string | null>> = {
      '../../../etc/passwd': 'passwd.png',
      'C:\\Windows\\evil.png': 'evil.png',
      'photo.png.exe': 'photo.png',
      'photo.html': 'photo.png',
      '.htaccess': 'htaccess.png',
      'photo.png.': 'photo.png',
      'gnp.‮exe.png': 'gnp.exe.png',
      'a\u{e0041}\u200bb.png': 'ab.png',
      'nul\0byte.png': null,
      'CON:<b>"x"|?*.png': 'CON__b__x____.png',
      '...': 'picture.png',
      '': null, // a form in which nothing was chosen
      ['💜'.repeat(300)]: `${'💜'.repeat(116)}.png`,
    };
    const told: Record<string, string | null> = {};
    for (const name of Object.keys(names)) {
      const disposition = `form-data; name="file"; filename="${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
      const { status, body } = await uploadRaw(server, ana, rawForm(picture(), disposition));
      told[name] = status === 201 ? body.name : null;
    }
    expect(told).toEqual(names);
    for (const file of filesKept()) expect(file.name).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-t)?$/);
  });

  test('U10: the name goes out in a header that nothing in it can break', async () => {
    const name = `"ki"wi; x=1\r\nSet-Cookie: a=b'()*%‮${'é'.repeat(300)}.png`;
    const { body } = await upload(server, ana, picture(), { name });
    const { headers } = await download(server, ana, body.url);
    const disposition = headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="[ !#-$&-[\]-~]+"; filename\*=UTF-8''[\w.%-]+$/);
    expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).toBe(body.name);
    expect(body.name).not.toMatch(/[\p{Bidi_Control}\p{Cc}"]/u);
    expect(headers.get('set-cookie')).toBeNull();
    expect([...body.name].length).toBeLessThanOrEqual(limits.media.nameCodePoints);
  });

  test('R075: above 25 MB is 413, told by its length or while it comes, and nothing is left', async () => {
    const before = filesKept().length;
    const large = Buffer.alloc(limits.media.maxBytes + 1);
    picture().copy(large);
    const byLength = await upload(server, ana, large);
    expect([byLength.status, byLength.code]).toEqual([413, 'TOO_LARGE']);
    const body = rawForm(large, 'form-data; name="file"; filename="big.png"');
    const pieces = new ReadableStream({
      start(controller) {
        for (let at = 0; at < body.length; at += 1_048_576) controller.enqueue(Uint8Array.from(body.subarray(at, at + 1_048_576)));
        controller.close();
      },
    });
    const headers = { authorization: `Bearer ${ana.token}`, 'content-type': 'multipart/form-data; boundary=b0undary' };
    const inPieces = await fetch(`${server.url}/api/v1/attachments`, {
      method: 'POST',
      headers,
      body: pieces,
      duplex: 'half',
    } as RequestInit);
    expect(inPieces.status).toBe(413);
    const exactly = Buffer.alloc(limits.media.maxBytes);
    expect((await upload(server, ana, exactly)).status, 'within the bound it is looked at').toBe(415);
    await eventually('nothing is left', () => incoming().length === 0);
    expect(filesKept()).toHaveLength(before);
  });

  test('U6: a body that is compressed is not unpacked', async () => {
    const bomb = gzipSync(rawForm(Buffer.alloc(10_485_760), 'form-data; name="file"; filename="a.png"'));
    for (const encoding of ['gzip', 'br', 'deflate']) {
      const { status, code } = await uploadRaw(server, ana, bomb, { 'content-encoding': encoding });
      expect([status, code]).toEqual([415, 'UNSUPPORTED_MEDIA']);
    }
  });

  test('a form is exactly one file in the field “file”, and nothing else is a form', async () => {
    const part = (name: string) => rawForm(picture(), name).toString('latin1').replace('--b0undary--\r\n', '');
    const end = '--b0undary--\r\n';
    const wrong: Readonly<Record<string, [status: number, code: string, body: Buffer, type?: string]>> = {
      'another field': [400, 'BAD_INPUT', rawForm(picture(), 'form-data; name="photo"; filename="a.png"')],
      'no file': [400, 'BAD_INPUT', rawForm('text', 'form-data; name="file"', 'text/plain').subarray(0)],
      'two files': [
        400,
        'BAD_INPUT',
        Buffer.from(
          `${part('form-data; name="file"; filename="a.png"')}${part('form-data; name="file"; filename="b.png"')}${end}`,
          'latin1',
        ),
      ],
      'no end': [400, 'BAD_INPUT', Buffer.from(part('form-data; name="file"; filename="a.png"'), 'latin1')],
      'many fields': [400, 'BAD_INPUT', Buffer.from(`${part('form-data; name="x"').repeat(30)}${end}`, 'latin1')],
      'no form at all': [415, 'UNSUPPORTED_MEDIA', picture(), 'image/png'],
      'no boundary': [415, 'UNSUPPORTED_MEDIA', picture(), 'multipart/form-data'],
      json: [415, 'UNSUPPORTED_MEDIA', Buffer.from('{}'), 'application/json'],
    };
    for (const [name, [status, code, body, type]] of Object.entries(wrong)) {
      const answer = await uploadRaw(server, ana, body, type ? { 'content-type': type } : {});
      expect([name, answer.status, answer.code]).toEqual([name, status, code]);
    }
    expect(incoming()).toEqual([]);
  });

  test('U8: an upload that is broken off leaves nothing', async () => {
    const before = filesKept().length;
    const form = rawForm(picture(), 'form-data; name="file"; filename="a.png"');
    const head = `POST /api/v1/attachments HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ana.token}\r\nContent-Type: multipart/form-data; boundary=b0undary\r\nContent-Length: 1000000\r\n\r\n`;
    {
      using connection = await rawConnection(server.port);
      connection.net.write(head);
      connection.net.write(form.subarray(0, form.length - 20));
      await eventually('the file is being written', () => incoming().length === 1);
    }
    await eventually('it is gone', () => incoming().length === 0);
    expect(filesKept()).toHaveLength(before);
  });

  test('U9: two who upload the same have two files, and neither learns of the other', async () => {
    const other = await server.signUp('other');
    const [mine, theirs] = [await upload(server, ana, picture(33, 33)), await upload(server, other, picture(33, 33))];
    expect(mine.body.id).not.toBe(theirs.body.id);
    expect(Object.keys(mine.body)).toEqual(Object.keys(theirs.body));
    expect((await download(server, ana, theirs.body.url)).status).toBe(404);
  });

  test('signed out is 401 before anything is read', async () => {
    expect((await upload(server, null, Buffer.alloc(1_000))).status).toBe(401);
    expect((await upload(server, null, picture(), { method: 'PUT', path: '/users/me/avatar' })).status).toBe(401);
  });
});

test('uploads have a rate of their own', async () => {
  await using server = await startServer({ rateLimits: true });
  const ana = await server.signUp('ana');
  const statuses: number[] = [];
  for (let i = 0; i <= 60; i++) statuses.push((await upload(server, ana, Buffer.from('x'))).status);
  expect(statuses.slice(0, 60).every((s) => s === 415)).toBe(true);
  expect(statuses[60]).toBe(429);
});
