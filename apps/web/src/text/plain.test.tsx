import { render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { firstWords, plainWords } from './plain.ts';

test('UI17: where words are only named, the signs of their marks are left out as soon as the parser is here', async () => {
  const [text, setText] = createSignal<string | null>('**Bring** the _umbrella_');
  render(() => <p data-testid="words">{plainWords(text())}</p>);
  expect(await screen.findByText('Bring the umbrella')).toBeInTheDocument();
  setText('2 < 3, <b>really</b>');
  expect(screen.getByTestId('words').textContent).toBe('2 < 3, <b>really</b>');
  setText(null);
  expect(screen.getByTestId('words').textContent).toBe('');
  setText('`x` is **y**');
  expect(screen.getByTestId('words').textContent, 'at once from then on').toBe('x is y');
});

test('UI17: of a long text a row shows the beginning, and no more of it is read than a message can have', () => {
  const long = `**a** ${'b '.repeat(10_000)}`;
  expect(firstWords(long)).toMatch(/^a b b /u);
  expect(firstWords(long).length).toBeLessThanOrEqual(300);
  expect(plainWords(long).length).toBeLessThanOrEqual(8_000);
});
