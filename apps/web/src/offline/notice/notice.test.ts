import type { PushNews } from '@koreromai/contract';
import { expect, test } from 'vitest';
import { isShown, newsIn, noticeOf, pageFor } from './notice.ts';

const chat = '019aa3c5-2f70-7e1b-9c44-5d0f6b7a8e21';
const news: PushNews = { chat, title: 'Whānau', count: 1, text: null, language: 'en' };

test('UI28: what is not a message of this server shows nothing', () => {
  expect(newsIn(JSON.stringify(news))).toEqual(news);
  for (const strange of [
    undefined,
    '',
    'null',
    '[]',
    '{}',
    JSON.stringify({ ...news, chat: '../../evil' }),
    JSON.stringify({ ...news, title: 7 }),
  ])
    expect(newsIn(strange)).toBeNull();
  expect(newsIn(JSON.stringify({ ...news, language: 'xx', text: 7 }))).toEqual(news);
});

test('UI28: a notification says how many in the reader’s language, or the text, once for each chat', () => {
  const body = (parts: Partial<PushNews>) => noticeOf({ ...news, ...parts }).options.body;
  expect([body({}), body({ count: 3 }), body({ count: 100 })]).toEqual(['One new message', '3 new messages', 'More than 99 new messages']);
  expect(body({ count: 3, language: 'mi' })).toBe('3 ngā karere hou');
  expect(body({ count: 3, text: 'hana: Kia ora' })).toBe('hana: Kia ora');
  expect(noticeOf(news)).toMatchObject({ title: 'Whānau', options: { tag: chat, data: { chat } } });
});

test('UI28: none for the chat somebody looks at; a click leads to the page that is seen', () => {
  const page = (path: string, visibilityState: string) => ({ url: `https://chat.example${path}`, visibilityState });
  const [seen, behind, elsewhere] = [page(`/c/${chat}/m/7`, 'visible'), page(`/c/${chat}`, 'hidden'), page('/settings', 'visible')];
  expect(isShown([behind, elsewhere], chat)).toBe(false);
  expect(isShown([elsewhere, seen], chat)).toBe(true);
  expect(pageFor([behind, elsewhere])).toBe(elsewhere);
  expect(pageFor([behind])).toBe(behind);
  expect(pageFor([])).toBeUndefined();
});
