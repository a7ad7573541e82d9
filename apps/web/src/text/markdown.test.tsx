import { render } from '@solidjs/testing-library';
import { describe, expect, test } from 'vitest';
import { type Mark, marksOf, saidIn } from './markdown.ts';
import { onlyEmoji } from './only-emoji.ts';
import RichText from './rich-text.tsx';

const shown = (text: string) => render(() => <RichText text={text} />).container.querySelector('.rich') as HTMLElement;
const html = (text: string) => shown(text).innerHTML;

describe('marks in a text', () => {
  test.each([
    ['**a** _b_ ~~c~~ `d`', '<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>'],
    ['one\ntwo', '<p>one<br>two</p>'],
    ['- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
    ['> a\n> b', '<blockquote><p>a<br>b</p></blockquote>'],
    ['\\*a\\*', '<p>*a*</p>'],
    ['snake_case_name and 2 * 3 * 4', '<p>snake_case_name and 2 * 3 * 4</p>'],
  ])('UI17: %j', (text, expected) => {
    expect(html(text)).toBe(expected);
  });

  test.each([
    '# a',
    '<b>x</b> **y**',
    '![x](https://a.example/p.png)',
    '| a | b |\n|---|---|\n| c | d |',
    '<https://a.example>',
    '---',
    '&lt;b&gt; *x*',
  ])('UI17: %j keeps what is not of the subset as the words it is', (text) => {
    const box = shown(text);
    expect(box.querySelector('h1, b, img, table, hr, script')).toBeNull();
    for (const sign of ['#', '<', '|', '!', '&lt;'].filter((each) => text.startsWith(each))) expect(box.textContent).toContain(sign);
  });

  test.each([
    ['**https://a.example/x_y_z**', 'https://a.example/x_y_z'],
    ['(https://a.example/b) **c**', 'https://a.example/b'],
    ['https://a.example/*star*/x_ `c`', 'https://a.example/*star*/x'],
    ['[words](https://a.example/x) **c**', 'https://a.example/x'],
  ])('UI17: in %j the address is whole', (text, href) => {
    expect(shown(text).querySelector('a')).toHaveAttribute('href', href);
  });

  test.each([
    ['signs without an end', `${'*'.repeat(2_000)}a${'*'.repeat(2_000)}`],
    ['signs that change', `${'*_'.repeat(900)}a${'_*'.repeat(900)}`],
    ['quotes', `${'>'.repeat(3_000)} a`],
    ['lists', `${'- '.repeat(1_900)}a`],
  ])('E12: %s nest no deeper than eyes follow, so they break no page', (_, text) => {
    const deepest = (element: Element): number => 1 + Math.max(0, ...[...element.children].map(deepest));
    expect(deepest(shown(text))).toBeLessThan(45);
    expect(shown(text).textContent).toContain('a');
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '&#106;avascript:x',
    '//evil.example',
    'https://bank.example@evil.example',
    'mailto:a@b.example',
    '/settings',
  ])('E2: a link to %j stays text', (href) => {
    const box = shown(`[a](${href}) **b**`);
    expect(box.querySelector('a')?.getAttribute('href') ?? 'https://').toMatch(/^https:\/\//);
    expect(box.textContent).toContain('[a](');
  });

  test('E2: words that look like another address do not hide where a link leads', () => {
    expect(shown('[https://bank.example](https://evil.example/)').querySelector('a')).toHaveTextContent('https://evil.example/');
    expect(shown('[bank.example/pay](https://evil.example/)').querySelector('a')).toHaveTextContent('https://evil.example/');
    expect(shown('[our tides](https://a.example/)').querySelector('a')).toHaveTextContent('our tides');
  });

  test('E12: nesting without end and long runs of signs cost no noticeable time', () => {
    const started = performance.now();
    for (const text of [
      '>'.repeat(4_000),
      '*'.repeat(4_000),
      '['.repeat(4_000),
      '`'.repeat(4_000),
      '- '.repeat(2_000),
      '_a '.repeat(1_300),
    ])
      marksOf(text);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('E3: whatever is written, only these elements stand there', () => {
    const allowed = new Set([
      'P',
      'STRONG',
      'EM',
      'S',
      'CODE',
      'BR',
      'UL',
      'OL',
      'LI',
      'BLOCKQUOTE',
      'A',
      'FIGURE',
      'FIGCAPTION',
      'PRE',
      'SPAN',
      'BUTTON',
      'SVG',
      'RECT',
      'PATH',
    ]);
    const text = '**a**\n\n<script>x</script>\n\n```js\n<img onerror=x>\n```\n\n- [ ] b\n\n> <iframe>\n\n<a href="javascript:x">c</a>';
    const names = [...shown(text).querySelectorAll('*')].map((element) => element.tagName.toUpperCase());
    expect(names.filter((name) => !allowed.has(name))).toEqual([]);
    expect(shown(text).querySelector('pre')).toHaveTextContent('<img onerror=x>');
  });

  test('the tree holds every word', () => {
    const words = (marks: readonly Mark[]): string =>
      marks.map((mark) => ('text' in mark ? mark.text : 'inside' in mark ? words(mark.inside) : '\n')).join('');
    expect(words(marksOf('a **b** [c](https://d.example) `e`'))).toBe('a b c e');
  });
});

test.each([
  ['🌊', true],
  ['🌊 🏖️', true],
  ['👩‍👩‍👧‍👦👍🏽', true],
  ['🌊 a', false],
  ['1', false],
  ['', false],
  ['🌊'.repeat(7), false],
  ['*', false],
])('UI18: %j is shown big: %s', (text, big) => {
  expect(onlyEmoji(text)).toBe(big);
});

describe('the words of a marked text', () => {
  test.each([
    ['**bold** and _leaning_, ~~gone~~ `code`', 'bold and leaning, gone code'],
    ['one\n\ntwo\n> three', 'one\ntwo\nthree'],
    ['- milk\n- **bread**', 'milk\nbread'],
    ['3. tea\n4. rice', '3. tea\n4. rice'],
    ['```ts\nconst a = 1;\n```\nlook', 'const a = 1;\nlook'],
    ['[the map](https://maps.example/x)', 'the map'],
    ['[https://bank.example](https://evil.example/)', 'https://evil.example/'],
    ['2 * 3 * 4 and snake_case', '2 * 3 * 4 and snake_case'],
    ['<b>x</b> **y**', '<b>x</b> y'],
    ['**', '**'],
    ['> ', '> '],
    ['', ''],
  ])('UI17: %j says %j', (text, expected) => {
    expect(saidIn(text)).toBe(expected);
  });

  test('UI17, E8: whatever the text, its words are found in no more time than it has letters', () => {
    const signs = ['*', '_', '~~', '`', '[', '](', '> ', '- ', '1. ', '\n', '\\', 'a', '\u202e', '\ud800'];
    const took = (letters: number) => {
      const began = performance.now();
      for (const sign of signs) expect(saidIn(sign.repeat(letters / sign.length)).length).toBeGreaterThan(0);
      return performance.now() - began;
    };
    took(1_000);
    expect(took(8_000)).toBeLessThan(2_000);
  });
});
