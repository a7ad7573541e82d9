import { expect, test } from 'vitest';
import { wordsOf } from './words.ts';

test('IN4: what is sent to Slack says the same here: text, attachments line by line, links and entities as plain text', () => {
  expect(wordsOf({ text: 'Build &lt;7&gt; &amp; tests <https://ci.example.nz/7|passed> <https://ci.example.nz>, <!here>' })).toBe(
    'Build <7> & tests passed (https://ci.example.nz/7) https://ci.example.nz, @here',
  );
  const attachments = [
    { pretext: 'Deploy', title: 'v2', title_link: 'https://x.example.nz', text: 'done', fallback: 'unseen' },
    { fallback: 'only this' },
    {},
  ];
  expect(wordsOf({ text: 'Hi', attachments })).toBe('Hi\nDeploy\nv2 (https://x.example.nz)\ndone\nonly this');
  expect(wordsOf({ attachments: [{ title: 'Alone' }] })).toBe('Alone');
  expect(wordsOf({ text: null, attachments: null })).toBe('');
  expect(wordsOf({ text: '&amp;lt; <script>' })).toBe('&lt; <script>'); // once, and nothing else is taken for a link
});
