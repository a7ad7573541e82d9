import { gzipSync } from 'node:zlib';
import { limits } from '@koreromai/contract';
import { patience } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createWeb, html, somewhere } from './test/web.ts';

const page = html('<title>Kea</title>');
const typed = { 'content-type': 'text/html; charset=utf-8' };

test('S1, S4: a page is asked once, by this name, without cookie or referrer', async () => {
  await using web = await createWeb((_, response) => response.writeHead(200, { ...typed, 'set-cookie': 'a=b' }).end(page));
  expect(await web.fetch('http://example.nz/a#b')).toEqual({ title: 'Kea', description: '', site: '', image: null });
  await web.fetch('http://example.nz/a');
  expect(web.asked).toEqual(['example.nz/a', 'example.nz/a']);
  expect(web.dialled).toEqual([`${somewhere}:80`, `${somewhere}:80`]);
  for (const sent of web.headers) {
    expect(Object.keys(sent).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
    expect(sent['user-agent']).toMatch(/^KoreroMai-LinkPreview\//);
  }
});

test.each([
  '127.0.0.1',
  '::1',
  '::ffff:127.0.0.1',
  '0.0.0.0',
  '10.1.2.3',
  '169.254.169.254',
  'fc00::1',
  'fe80::1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
])('S1: a name that is found at %s is never dialled, also beside a public address', async (address) => {
  for (const addresses of [[address], [somewhere, address], [address, somewhere]]) {
    await using web = await createWeb(
      (_, response) => response.writeHead(200, typed).end(page),
      () => addresses,
    );
    await expect(web.fetch('http://example.nz/')).rejects.toThrow('public Internet');
    expect(web.dialled).toEqual([]);
  }
});

test('S1: places that may not be asked are never dialled, nor is a name that is nowhere', async () => {
  await using web = await createWeb(
    (_, response) => response.writeHead(200, typed).end(page),
    () => [],
  );
  for (const url of [
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://[::1]/',
    'http://me@example.nz/',
    'http://example.nz:22/',
    'file:///etc/passwd',
  ])
    await expect(web.fetch(url), url).rejects.toThrow('nowhere');
  await expect(web.fetch('http://example.nz/')).rejects.toThrow('public Internet');
  expect(web.dialled).toEqual([]);
});

test('S2: a name that turns from public to loopback is dialled where it was checked, and at the next look-up not at all', async () => {
  let looks = 0;
  await using web = await createWeb(
    (request, response) =>
      request.url === '/on' ? response.writeHead(200, typed).end(page) : response.writeHead(302, { location: '/on' }).end(),
    () => (looks++ === 0 ? [somewhere] : ['127.0.0.1']),
  );
  expect((await web.fetch('http://rebind.nz/on')).title).toBe('Kea'); // one look-up: what was checked is what was dialled
  expect([looks, web.dialled]).toEqual([1, [`${somewhere}:80`]]);
  await expect(web.fetch('http://rebind.nz/on')).rejects.toThrow('public Internet');
  expect(web.dialled).toHaveLength(1);
});

test.each([1, 2, 3])('S3: a redirect to a private place at hop %i is not followed', async (hop) => {
  await using web = await createWeb((request, response) => {
    const at = Number(request.url?.slice(1));
    response.writeHead(302, { location: at === hop ? 'http://127.0.0.1/secret' : `http://h${at + 1}.nz/${at + 1}` }).end();
  });
  await expect(web.fetch('http://h1.nz/1')).rejects.toThrow('nowhere');
  expect(web.dialled).toHaveLength(hop);
  expect(web.asked.join()).not.toContain('secret');
});

test('S3: three redirects are followed, a fourth is not, and none to another scheme', async () => {
  await using web = await createWeb((request, response) => {
    const left = Number(request.url?.slice(1));
    if (request.url === '/file') return response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    return left === 0 ? response.writeHead(200, typed).end(page) : response.writeHead(301, { location: `/${left - 1}` }).end();
  });
  expect((await web.fetch('http://example.nz/3')).title).toBe('Kea');
  await expect(web.fetch('http://example.nz/4')).rejects.toThrow('too often');
  await expect(web.fetch('http://example.nz/file')).rejects.toThrow('nowhere');
});

test('S4: what drips, hangs or goes on for ever ends after five seconds in all', async () => {
  const drips: NodeJS.Timeout[] = [];
  await using web = await createWeb((request, response) => {
    if (request.url === '/silent') return;
    if (request.url === '/hops') drips.push(setTimeout(() => response.writeHead(302, { location: '/hops' }).end(), 2_000));
    else {
      response.writeHead(200, typed).write('<html><head><title>');
      drips.push(setInterval(() => response.write('a'), 100));
    }
  });
  const start = performance.now();
  const slow = ['/drip', '/silent', '/hops'].map((path) => expect(web.fetch(`http://example.nz${path}`)).rejects.toThrow(/abort|timeout/i));
  await Promise.all(slow);
  expect(performance.now() - start).toBeLessThan((limits.previews.within + 2_000) * patience);
  for (const timer of drips) clearInterval(timer);
});

test('S4: a megabyte is read and no more', async () => {
  let sent = 0;
  await using web = await createWeb((_, response) => {
    response.writeHead(200, typed).write('<title>Kea</title>');
    const more = () => {
      while (sent < 50_000_000 && response.write(Buffer.alloc(65_536, 97))) sent += 65_536;
      if (sent < 50_000_000) response.once('drain', more);
    };
    more();
  });
  expect((await web.fetch('http://example.nz/')).title).toBe('Kea');
  expect(sent).toBeLessThan(10_000_000); // what lies in the buffers of two sockets counts too
});

test('S4: endless headers, packed bodies, other types and other statuses are refused', async () => {
  await using web = await createWeb((request, response) => {
    if (request.url === '/header') response.writeHead(200, { ...typed, 'x-long': 'a'.repeat(60_000) }).end(page);
    else if (request.url === '/gzip')
      response.writeHead(200, { ...typed, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20_000_000)));
    else if (request.url === '/type') response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(page);
    else if (request.url === '/none') response.writeHead(200).end(page);
    else response.writeHead(request.url === '/gone' ? 404 : 500, typed).end(page);
  });
  await expect(web.fetch('http://example.nz/header')).rejects.toThrow(/header/i);
  for (const path of ['/gzip', '/type', '/none', '/gone', '/broken'])
    await expect(web.fetch(`http://example.nz${path}`), path).rejects.toThrow('no page');
});

test('S5: what a page says of itself becomes one bounded line of plain text', async () => {
  const bad = `\u202egnp.exe\u0000\u200b\u0007 <img src=x onerror=alert(1)> \n &lt;script&gt;`;
  const metas = `<meta property="og:title" content="${bad}"><meta name=description content="${'ā'.repeat(5_000)}"><meta property="og:site_name" content="\u2066Site\u2069">`;
  await using web = await createWeb((request, response) =>
    response
      .writeHead(200, typed)
      .end(html(request.url === '/bare' ? '<title> </title><script>document.title="x"</script>' : `${metas}<title>other</title>`)),
  );
  const said = await web.fetch('http://example.nz/');
  expect(said.title).toBe('gnp.exe <img src=x onerror=alert(1)> <script>');
  expect([...said.description]).toHaveLength(limits.previews.description);
  expect(said.site).toBe('Site');
  await expect(web.fetch('http://example.nz/bare')).rejects.toThrow('no title');
});

test('a page in another alphabet is read as it says', async () => {
  await using web = await createWeb((_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(Buffer.from(html('<meta charset="iso-8859-1"><title>Māori caf\xe9</title>').replace('ā', 'a'), 'latin1')),
  );
  expect((await web.fetch('http://example.nz/')).title).toBe('Maori café');
});
