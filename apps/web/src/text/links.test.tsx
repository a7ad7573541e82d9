import { render } from '@solidjs/testing-library';
import { describe, expect, test } from 'vitest';
import { tokenise } from './links.ts';
import { MessageText } from './message-text.tsx';

const linksIn = (text: string) => tokenise(text).flatMap((token) => (token.kind === 'link' ? [token.text] : []));

describe('links in messages', () => {
  test.each([
    ['see https://example.org.', ['https://example.org']],
    ['(https://example.org/a_(b))', ['https://example.org/a_(b)']],
    ['https://example.org/?q=1,2; and http://b.example!', ['https://example.org/?q=1,2', 'http://b.example']],
    ['HTTPS://EXAMPLE.ORG/Path', ['HTTPS://EXAMPLE.ORG/Path']],
    ['https://kōrero.example/reo…', ['https://kōrero.example/reo']],
    ['“https://example.org”', ['https://example.org”']],
  ])('UI17: finds what is meant in %j', (text, links) => {
    expect(linksIn(text)).toEqual(links);
  });

  test.each([
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x file:///etc/passwd ftp://example.org',
    'https://bank.example@evil.example/',
    'https://user:secret@example.org',
    'https://',
    'xhttps://example.org',
    'https://exa\u202Emple.org'.replace('exa', ''),
    'https://[not-an-address',
  ])('UI17: makes no link of %j', (text) => {
    expect(linksIn(text)).toEqual([]);
  });

  test('UI17: a link ends before a character that turns the direction of the text', () => {
    expect(linksIn('https://example.org/\u202Egnp.exe')).toEqual(['https://example.org/']);
  });

  test('E9: thousands of links, brackets and stops are found at once and grow by nothing', () => {
    const hostile = [
      'https://a.nz ',
      'https://a.nz/((((',
      'https://a.nz/).,',
      '(((((((((((((',
      '> > > > ',
      '**__~~`',
      'https://a.nz/[{(',
      'https://a.nz/...',
    ];
    for (const seed of hostile) {
      const text = seed.repeat(Math.floor(50_000 / seed.length));
      const start = performance.now();
      const tokens = tokenise(text);
      expect(performance.now() - start, seed).toBeLessThan(200);
      expect(tokens.map((token) => token.text).join('')).toBe(text);
    }
  });

  test('UI17: the runs put together are the text, whatever it holds', () => {
    for (const text of ['', 'a https://b.example) c', '<img src=x onerror=alert(1)> https://x.example">', '((((https://a.example))))']) {
      expect(
        tokenise(text)
          .map((token) => token.text)
          .join(''),
      ).toBe(text);
    }
  });

  test('UI17: a hundred thousand brackets cost no noticeable time', () => {
    const started = performance.now();
    tokenise(`https://example.org/${')'.repeat(100_000)} ${'https://'.repeat(10_000)}`);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('UI17: markup stays text, and links cannot reach the page that opened them', () => {
    const { container } = render(() => <MessageText text={'<b>hi</b> https://example.org/?a=<script> '} />);
    expect(container.querySelector('b, script')).toBeNull();
    const link = container.querySelector('a');
    expect(link).toHaveAttribute('href', 'https://example.org/?a=');
    expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
    expect(container.textContent).toBe('<b>hi</b> https://example.org/?a=<script> ');
  });
});
