import type { Api } from '@koreromai/client';
import { type Conversation, here, type Message, type User } from '@koreromai/contract';
import { folded } from '../search/terms.ts';
import type { Unfinished } from './unfinished.ts';
import { t } from './words.ts';

/** Something a begun word may become. */
export interface Offer {
  readonly key: string;
  /** What goes into the text in its place. */
  readonly text: string;
  readonly title: string;
  readonly note: string;
  readonly user?: User;
  readonly emoji?: string;
}

const MOST = 8;

export interface Asking {
  readonly api: Api;
  readonly conversation: Conversation | undefined;
  readonly said: readonly Message[];
  readonly meId: string;
}

/** What the word may become, the likeliest first; nothing when it fits nothing. */
export async function offersFor({ sign, word }: Unfinished, asking: Asking): Promise<Offer[]> {
  if (sign === '@') return people(word, asking);
  return sign === '#' ? rooms(word, asking) : emoji(word);
}

/** Whoever is in the chat; of a room, whoever has spoken there: nobody else could be told. */
function people(word: string, { conversation, said, meId }: Asking): Offer[] {
  const met = new Map<string, User>();
  for (const { user } of conversation?.members ?? []) met.set(user.id, user);
  for (const { author } of said.toReversed()) if (conversation?.kind === 'room') met.set(author.id, author);
  met.delete(meId);
  const wanted = folded(word);
  const fits = (text: string) =>
    folded(text)
      .split(/[\s.-]+/u)
      .some((part) => part.startsWith(wanted)) || folded(text).startsWith(wanted);
  const found = [...met.values()]
    .filter((user) => fits(user.name) || fits(user.username))
    .map((user) => ({ key: user.id, text: `@${user.username} `, title: user.name, note: `@${user.username}`, user }));
  const all =
    conversation?.kind === 'group' && here.startsWith(wanted)
      ? [{ key: here, text: `@${here} `, title: `@${here}`, note: t('everybodyHere') }]
      : [];
  return [...found.slice(0, MOST - all.length), ...all];
}

/** A room goes in as a link that bears its name. */
async function rooms(word: string, { api }: Asking): Promise<Offer[]> {
  const { items } = await api.rooms.list.query({ ...(word !== '' && { query: word }), sort: 'activity', limit: MOST });
  return items.map((room) => {
    const name = room.name ?? '';
    return {
      key: room.id,
      text: `[#${name.replaceAll(/[[\]\\]/gu, '')}](${location.origin}/c/${room.id}) `,
      title: `#${name}`,
      note: t('room'),
    };
  });
}

interface Known {
  readonly emoji: string;
  readonly annotation: string;
  readonly shortcodes?: readonly string[];
}
let known: Promise<readonly Known[]> | undefined;

/** Served with the page; asked for when the first colon is followed by letters. */
async function emoji(word: string): Promise<Offer[]> {
  known ??= fetch('/emoji/en.json').then((answer) => answer.json());
  known.catch(() => {
    known = undefined; // tried again with the next word
  });
  const wanted = word.toLowerCase();
  const rank = ({ shortcodes = [] }: Known) =>
    Math.min(...shortcodes.map((code) => (code === wanted ? 0 : code.startsWith(wanted) ? 1 : code.includes(wanted) ? 2 : 3)), 3);
  return (await known)
    .map((each) => ({ each, rank: rank(each) }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ each }) => ({
      key: each.emoji,
      text: `${each.emoji} `,
      title: `:${each.shortcodes?.[0] ?? each.annotation}:`,
      note: each.annotation,
      emoji: each.emoji,
    }));
}
