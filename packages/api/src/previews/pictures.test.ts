import { gzipSync } from 'node:zlib';
import { pngOf } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { saidIn } from './read.ts';
import { createWeb, html, somewhere } from './test/web.ts';

const png = { 'content-type': 'image/png' };
const kea = pngOf(20, 10, 10);

test('S1, S4: a picture is asked for like a page: by name and address as checked, without cookie or referrer', async () => {
  await using web = await createWeb((_, response) => response.writeHead(200, { ...png, 'set-cookie': 'a=b' }).end(kea));
  expect((await web.picture('http://example.nz/kea.png')).equals(kea)).toBe(true);
  await web.picture('http://example.nz/kea.png');
  expect(web.dialled).toEqual([`${somewhere}:80`, `${somewhere}:80`]);
  for (const sent of web.headers)
    expect(Object.keys(sent).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
});

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '0.0.0.0', '10.1.2.3', '169.254.169.254', 'fc00::1', '64:ff9b::a00:1'])(
  'S1: a picture at a name that is found at %s is never dialled for, also beside a public address',
  async (address) => {
    for (const addresses of [[address], [somewhere, address], [address, somewhere]]) {
      await using web = await createWeb(
        (_, response) => response.writeHead(200, png).end(kea),
        () => addresses,
      );
      await expect(web.picture('http://example.nz/kea.png')).rejects.toThrow('public Internet');
      expect(web.dialled).toEqual([]);
    }
  },
);

test('S1: where a page says its picture is, is judged like a link', () => {
  const imageOf = (content: string, from = 'https://page.nz/a/b', name = 'property="og:image"') =>
    saidIn(Buffer.from(html(`<title>Kea</title><meta ${name} content="${content}">`)), 'text/html', new URL(from))?.image;
  expect(imageOf('https://cdn.nz/kea.png#x')).toBe('https://cdn.nz/kea.png');
  expect(imageOf('/kea.png')).toBe('https://page.nz/kea.png');
  expect(imageOf('kea.png', 'http://page.nz/a/b')).toBe('http://page.nz/a/kea.png');
  expect(imageOf('//cdn.nz/kea.png', undefined, 'name="twitter:image"')).toBe('https://cdn.nz/kea.png');
  const never = [
    ...[
      'http://127.0.0.1/',
      'http://2130706433/',
      'http://0x7f.1/',
      'https://[::1]/',
      'https://169.254.169.254/latest',
      'https://10.0.0.1/',
    ],
    ...[
      'https://localhost/',
      'https://router.lan/',
      'https://example.nz./',
      'https://me@example.nz/',
      'https://example.nz:22/',
      'https://example.nz:6379/',
    ],
    ...[
      'javascript:alert(1)',
      'data:image/png;base64,AAAA',
      'file:///etc/passwd',
      'blob:https://x',
      'ftp://example.nz/a.png',
      ' ',
      'https://',
    ],
    ...['http://example.nz/kea.png', `https://example.nz/${'a'.repeat(2_048)}`], // from https to http, and too long
  ];
  for (const content of never) expect(imageOf(content), content).toBeNull();
});

test('S2: the name of a picture that turns from public to loopback behind its page is not dialled', async () => {
  let looks = 0;
  await using web = await createWeb(
    (request, response) =>
      request.url === '/kea.png'
        ? response.writeHead(200, png).end(kea)
        : response
            .writeHead(200, { 'content-type': 'text/html' })
            .end(html('<title>Kea</title><meta property="og:image" content="/kea.png">')),
    () => (looks++ === 0 ? [somewhere] : ['127.0.0.1']),
  );
  const said = await web.fetch('http://rebind.nz/');
  expect(said.image).toBe('http://rebind.nz/kea.png');
  await expect(web.picture(said.image ?? '')).rejects.toThrow('public Internet');
  expect([looks, web.dialled]).toEqual([2, [`${somewhere}:80`]]);
});

test.each([1, 2, 3])('S3: a picture that leads to a private place at hop %i is not followed, nor to another scheme', async (hop) => {
  await using web = await createWeb((request, response) => {
    const at = Number(request.url?.slice(1));
    response.writeHead(302, { location: at === hop ? 'http://127.0.0.1/secret.png' : `http://h${at + 1}.nz/${at + 1}` }).end();
  });
  await expect(web.picture('http://h1.nz/1')).rejects.toThrow('nowhere');
  expect(web.dialled).toHaveLength(hop);
});

test('S4, UI34: a picture beyond a megabyte is refused whole, and little of it is read; so is what is packed, no picture, or not there', async () => {
  let sent = 0;
  await using web = await createWeb((request, response) => {
    if (request.url === '/gzip.png')
      response.writeHead(200, { ...png, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20_000_000)));
    else if (request.url === '/page.png') response.writeHead(200, { 'content-type': 'text/html' }).end(html('<title>x</title>'));
    else if (request.url === '/none.png') response.writeHead(200).end(kea);
    else if (request.url === '/gone.png') response.writeHead(404, png).end(kea);
    else if (request.url === '/mega.png') response.writeHead(200, png).end(Buffer.alloc(1_048_576, 1));
    else {
      response.writeHead(200, png);
      const more = () => {
        while (sent < 50_000_000 && response.write(Buffer.alloc(65_536, 97))) sent += 65_536;
        if (sent < 50_000_000) response.once('drain', more);
      };
      more();
    }
  });
  await expect(web.picture('http://example.nz/endless.png')).rejects.toThrow('too large');
  expect(sent).toBeLessThan(10_000_000); // what lies in the buffers of two sockets counts too
  for (const path of ['/gzip.png', '/page.png', '/none.png', '/gone.png'])
    await expect(web.picture(`http://example.nz${path}`), path).rejects.toThrow('no picture');
  expect(await web.picture('http://example.nz/mega.png')).toHaveLength(1_048_576);
});
