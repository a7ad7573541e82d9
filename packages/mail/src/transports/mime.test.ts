import { expect, test } from 'vitest';
import { noticePage } from '../letters/account.ts';
import { chatPage } from '../letters/chat.ts';
import { bodiesOf } from '../letters/page.ts';
import { startSink } from '../test/sink.ts';
import { smtpTransport } from './smtp.ts';
import type { Letter } from './transport.ts';

const nasty = [
  'Hana\r\nBcc: thief@evil.example',
  'Hana\nSubject: other',
  'Hana\r\n\r\n<html>body',
  '=?utf-8?Q?Hana=0D=0ABcc:_thief@evil.example?=',
  'Hana\u2028Bcc: thief@evil.example',
  'Hana\u0085Bcc: thief@evil.example',
  '\u202Eanah\u202C <thief@evil.example>',
  '"Hana" <thief@evil.example>, Wiremu',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><a href="https://evil.example">x</a>',
  'Kōrero 🥝 ā́',
  '\u0000\u0007\u200B',
  'x'.repeat(5_000),
];

const letterOf = (name: string): Letter => {
  const page = chatPage({
    reader: name,
    chat: name,
    direct: false,
    messages: [{ name, count: 2 }],
    joined: [name],
    excerpts: [{ name, text: name }],
    chatUrl: 'https://chat.example.nz/c/1',
    unsubscribeUrl: 'https://chat.example.nz/unsubscribe/t',
    publicUrl: 'https://chat.example.nz',
  });
  return {
    id: crypto.randomUUID(),
    to: 'wiremu@example.nz',
    subject: page.subject,
    ...bodiesOf(page),
    date: 0,
    unsubscribe: 'https://chat.example.nz/unsubscribe/t',
  };
};

const headersOf = (raw: string) => (raw.split('\r\n\r\n')[0] ?? '').replace(/\r\n[ \t]/g, ' ').split('\r\n');
const known = /^(From|To|Subject|Message-ID|Date|MIME-Version|Content-Type|Auto-Submitted|List-Unsubscribe|List-Unsubscribe-Post): /i;

test('S6: at the mail server no name, subject or address makes a header, a recipient or a body of its own', async () => {
  await using sink = await startSink();
  const transport = smtpTransport(sink.url, { from: 'KoreroMai <chat@example.nz>', host: 'chat.example.nz' });
  const within = new AbortController().signal;
  for (const name of nasty) {
    await transport.send(letterOf(name), within);
    const page = noticePage(name, { title: name, lines: [name] }, 'https://chat.example.nz');
    await transport.send({ id: crypto.randomUUID(), to: 'wiremu@example.nz', subject: name, ...bodiesOf(page), date: 0 }, within); // also with a subject nobody cleaned
  }
  expect(sink.arrivals).toHaveLength(2 * nasty.length);
  for (const { raw, to, from } of sink.arrivals) {
    expect(to).toEqual(['wiremu@example.nz']);
    expect(from).toBe('chat@example.nz');
    for (const header of headersOf(raw)) expect(header).toMatch(known);
    expect(headersOf(raw).filter((h) => /^(to|from|subject|bcc|cc):/i.test(h))).toHaveLength(3);
  }
});

test('S6: an address with line ends in it is not sent to', async () => {
  await using sink = await startSink();
  const transport = smtpTransport(sink.url, { from: 'KoreroMai <chat@example.nz>', host: 'chat.example.nz' });
  for (const to of ['a@b.nz\r\nRCPT TO:<thief@evil.example>', 'a@b.nz> SIZE=1\r\nRCPT TO:<thief@evil.example', 'a@b.nz\nDATA'])
    await transport.send({ ...letterOf('Hana'), to }, new AbortController().signal).catch(() => null);
  expect(sink.arrivals.flatMap((a) => a.to).filter((to) => to.includes('evil'))).toEqual([]);
});

test('E1: what people call themselves is text in the HTML of a mail', () => {
  for (const name of nasty) {
    const { html } = letterOf(name);
    expect(html.match(/<(script|img|iframe|svg)/i)).toBeNull();
    expect([...html.matchAll(/href="([^"]*)"/g)].map((m) => new URL(m[1] ?? '').host)).toEqual(['chat.example.nz', 'chat.example.nz']);
  }
});

test('a server that wants a name and a password gets them, and one that refuses a mail is told of in its own words', async () => {
  await using sink = await startSink({
    signIn: { user: 'korero@mai', pass: 'p@ss:word' },
    refuse({ raw }) {
      if (raw.includes('refuse me')) throw Object.assign(new Error('no room'), { responseCode: 452 });
    },
  });
  const sender = { from: 'KoreroMai <chat@example.nz>', host: 'chat.example.nz' };
  const within = new AbortController().signal;
  const right = smtpTransport(
    `smtp://${encodeURIComponent('korero@mai')}:${encodeURIComponent('p@ss:word')}@127.0.0.1:${sink.port}`,
    sender,
  );
  await right.send(letterOf('Hana'), within);
  expect(sink.arrivals).toHaveLength(1);
  await expect(right.send({ ...letterOf('Hana'), text: 'refuse me' }, within)).rejects.toThrow('no room');
  await expect(smtpTransport(`smtp://korero:wrong@127.0.0.1:${sink.port}`, sender).send(letterOf('Hana'), within)).rejects.toThrow(
    /Unknown here/,
  );
  const nobody = smtpTransport('smtp://127.0.0.1:1', sender);
  await expect(nobody.send(letterOf('Hana'), within)).rejects.toThrow();
});

test('a server that does not answer is left when time is up', async () => {
  const ending = new AbortController();
  await using sink = await startSink({
    refuse() {
      ending.abort(); // while the server still has to answer
      throw new Error('late');
    },
  });
  const transport = smtpTransport(sink.url, { from: 'KoreroMai <chat@example.nz>', host: 'chat.example.nz' });
  await expect(transport.send(letterOf('Hana'), ending.signal)).rejects.toThrow('took too long');
});
