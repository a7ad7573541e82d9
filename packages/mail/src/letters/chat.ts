import type { Page } from './page.ts';
import { counted, listed, plain } from './words.ts';

export interface ChatNews {
  readonly reader: string;
  /** The chat's name; null for a direct chat and for a group without one. */
  readonly chat: string | null;
  readonly direct: boolean;
  /** What is unread and new, by author, most first. */
  readonly messages: readonly { readonly name: string; readonly count: number }[];
  /** Who joined since. */
  readonly joined: readonly string[];
  /** What they wrote, oldest first: only where the reader wants it in mails. */
  readonly excerpts: readonly { readonly name: string; readonly text: string }[];
  readonly chatUrl: string;
  readonly unsubscribeUrl: string;
  readonly publicUrl: string;
}

/** What happened in one chat: counts and names, and texts only for those who asked for them. */
export function chatPage(news: ChatNews): Page {
  const total = news.messages.reduce((sum, m) => sum + m.count, 0);
  const authors = listed(news.messages.map((m) => plain(m.name)));
  const joined = listed(news.joined.map(plain));
  const chat = news.chat === null ? 'your group' : plain(news.chat);
  const where = news.direct ? '' : ` in ${chat}`;
  const messages = total > 0 ? `${counted(total, 'new message')} from ${authors}${where}` : null;
  const arrivals = joined === '' ? null : `${joined} joined ${chat}`;
  return {
    subject: plain(messages ?? arrivals ?? ''),
    greeting: `Kia ora ${plain(news.reader)},`,
    lines: [
      ...(messages === null ? [] : [`There ${total === 1 ? 'is' : 'are'} ${messages}.`]),
      ...(arrivals === null ? [] : [`${arrivals}.`]),
      ...news.excerpts.map(({ name, text }) => `${plain(name)}: ${shortened(text)}`),
    ],
    button: { label: 'Open the chat', url: news.chatUrl },
    footer: [
      { text: `You get this letter because something happened at ${news.publicUrl} while you were away.` },
      { text: 'No more letters about chats', url: news.unsubscribeUrl },
    ],
  };
}

const shortened = (text: string): string => {
  const letters = [...text.replace(/\p{Cf}+/gu, '')];
  return letters.length > 280 ? `${letters.slice(0, 279).join('')}…` : letters.join('');
};
