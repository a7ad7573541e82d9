import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(`${import.meta.dirname}/tokens.css`, 'utf8');
const blockOf = (selector: string) => {
  const from = css.indexOf(`${selector} {`);
  expect(from).toBeGreaterThan(-1);
  const body = css.slice(css.indexOf('{', from) + 1, css.indexOf('}', from));
  return body
    .split(';')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '');
};

test('UI30: dark by the system and dark by choice are the same dark', () => {
  expect(blockOf(':root[data-theme="dark"]')).toEqual(blockOf(':root:not([data-theme="light"])'));
});

const value = (block: string[], token: string) => block.find((line) => line.startsWith(`--${token}: #`))?.split('#')[1] ?? '';
const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = [0, 2, 4]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string) => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

test.each([':root', ':root[data-theme="dark"]'])('UI30: every pair of text and ground in %s reaches 4.5 to 1', (selector) => {
  const block = blockOf(selector);
  const grounds = ['canvas', 'surface', 'raised', 'hover', 'selected', 'bubble', 'bubble-own', 'accent-soft'];
  const pairs = [
    ...grounds.flatMap((ground) => [
      ['ink', ground],
      ['ink-2', ground],
    ]),
    ...['canvas', 'surface', 'raised'].flatMap((ground) => [
      ['ink-3', ground],
      ['accent-ink', ground],
      ['danger', ground],
    ]),
    ['accent-ink', 'accent-soft'],
    ['on-accent', 'accent'],
    ['on-accent', 'accent-hover'],
    ['on-danger', 'danger'],
    ['on-danger', 'danger-hover'],
    ['danger', 'danger-soft'],
    ['warning', 'warning-soft'],
  ];
  for (const [text = '', ground = ''] of pairs) {
    expect(contrast(value(block, text), value(block, ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  }
});
