import { expect, test } from 'vitest';
import { linksIn } from './links.ts';
import { isPublic, onwards, targetOf } from './target.ts';

const refused = [
  ...[
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://0/',
  ],
  ...['http://127.0.0.1./', 'http://localhost/', 'http://localhost./', 'http://a.localhost/', 'http://example.nz./', 'http://router/'],
  ...['http://10.0.0.1/', 'http://172.16.0.1/', 'http://192.168.1.1/', 'http://169.254.169.254/latest/meta-data/', 'http://100.64.0.1/'],
  ...['http://0.0.0.0/', 'http://255.255.255.255/', 'http://224.0.0.1/', 'http://198.18.0.1/', 'http://192.0.2.1/', 'http://240.0.0.1/'],
  ...['http://[::1]/', 'http://[::]/', 'http://[::ffff:127.0.0.1]/', 'http://[::ffff:8.8.8.8]/', 'http://[::7f00:1]/', 'http://[fc00::1]/'],
  ...[
    'http://[fe80::1]/',
    'http://[fec0::1]/',
    'http://[ff02::1]/',
    'http://[2002:7f00:1::]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2001::1]/',
  ],
  ...['http://[64:ff9b:1::1]/', 'http://[::ffff:0:7f00:1]/', 'http://[2001:db8::1]/', 'http://[100::1]/'],
  ...['http://１２７.０.０.１/', 'http://①②⑦.0.0.1/', 'http://127。0。0。1/', 'http://ｌｏｃａｌｈｏｓｔ/'],
  ...[
    'http://me@example.nz/',
    'http://me:secret@example.nz/',
    'http://example.nz@127.0.0.1/',
    'http://example.nz:22/',
    'http://example.nz:3306/',
  ],
  ...[
    'http://example.nz:6379/',
    'http://example.nz:8080/',
    'ftp://example.nz/',
    'file:///etc/passwd',
    'gopher://example.nz/',
    'data:text/html,x',
  ],
  ...['javascript:alert(1)', 'https://metadata.google.internal/', `https://example.nz/${'a'.repeat(2_100)}`, 'nonsense'],
];

test.each(refused)('S1: %s is no place that may be asked', (url) => expect(targetOf(url)).toBeNull());

test.each([
  'https://example.nz/',
  'http://example.nz:80/a?b=c',
  'http://example.nz:443/',
  'https://8.8.8.8/',
  'https://[2606:4700::1]/',
  'https://pūkeko.nz/',
])('S1: %s may be asked', (url) => expect(targetOf(url)?.protocol).toMatch(/^https?:$/));

test('S1: what is no address is not public', () => {
  expect(['', 'example.nz', '1.2.3', '::g'].filter(isPublic)).toEqual([]);
  expect(['8.8.8.8', '2606:4700::1'].filter(isPublic)).toHaveLength(2);
});

test('S3: a redirect is judged like a link, and never leads from https to http', () => {
  const [plain, secure] = [new URL('http://example.nz/a'), new URL('https://example.nz/a')];
  expect(onwards(plain, '/b')?.href).toBe('http://example.nz/b');
  expect(onwards(plain, 'https://example.nz/b')?.href).toBe('https://example.nz/b');
  expect(onwards(secure, '//other.nz/b')?.href).toBe('https://other.nz/b');
  for (const to of [undefined, 'http://127.0.0.1/', '//[::1]/', 'file:///etc/passwd', 'ftp://example.nz/', 'javascript:x'])
    expect(onwards(plain, to)).toBeNull();
  expect(onwards(secure, 'http://example.nz/b')).toBeNull();
});

test('three links of a text count, each once, without the end of the sentence', () => {
  const urls = (text: string) => linksIn(text).map((link) => link.url);
  expect(urls('See (https://a.nz/x), https://a.nz/x. And <https://b.nz>!')).toEqual(['https://a.nz/x', 'https://b.nz/']);
  expect(urls('https://a.nz/wiki/Kea_(bird)')).toEqual(['https://a.nz/wiki/Kea_(bird)']);
  expect(urls('http://localhost/ https://a.nz https://b.nz https://c.nz https://d.nz')).toEqual([
    'https://a.nz/',
    'https://b.nz/',
    'https://c.nz/',
  ]);
  expect(urls('javascript:alert(1) no link at all http:// https://')).toEqual([]);
});
