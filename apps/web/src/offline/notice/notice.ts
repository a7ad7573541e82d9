import type { PushNews } from '@koreromai/contract';
import { words } from './words.ts';

/** What the server tells a browser, or null where it is not that: another version's, or nobody's. */
export function newsIn(text: string | undefined): PushNews | null {
  try {
    const { chat, title, count, text: said, language }: Record<string, unknown> = JSON.parse(text ?? '');
    if (typeof chat !== 'string' || !/^[\da-f-]{36}$/.test(chat) || typeof title !== 'string' || typeof count !== 'number') return null;
    return { chat, title, count, text: typeof said === 'string' ? said : null, language: language === 'mi' ? 'mi' : 'en' };
  } catch {
    return null; // no JSON
  }
}

/** One notification for each chat: a later one takes the place of the one before, and sounds again. */
export function noticeOf({ chat, title, count, text, language }: PushNews) {
  const { one, other, many } = words[language];
  const body = text ?? (count === 1 ? one : count > 99 ? many : other(count));
  return { title, options: { body, tag: chat, renotify: true, lang: language, icon: '/favicon.svg', data: { chat } } };
}

export const pathOf = (chat: string): string => `/c/${chat}`;

/** What a page of ours is known by. */
interface Page {
  readonly url: string;
  readonly visibilityState: string;
}

/** Somebody looks at that chat: a notification would tell them what they see. */
export const isShown = (pages: readonly Page[], chat: string): boolean =>
  pages.some((page) => page.visibilityState === 'visible' && new URL(page.url).pathname.split('/')[2] === chat);

/** The page that a click leads to: one that is seen, else any. */
export const pageFor = <P extends Page>(pages: readonly P[]): P | undefined =>
  pages.find((page) => page.visibilityState === 'visible') ?? pages[0];
