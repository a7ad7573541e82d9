import { emailKeyOf, limits, usernameKeyOf } from '@koreromai/contract';
import { t } from './words.ts';

/** One entry of the box where people are typed. `problem` says in words why it cannot be sent. */
export interface Guest {
  /** What the server is given: the address in its one spelling, or `@username`. */
  readonly key: string;
  readonly shown: string;
  readonly problem?: string;
}

const username = new RegExp(`^@[a-z0-9āēīōū_.-]{${limits.username.min},${limits.username.max}}$`, 'u');

/** Addresses out of anything typed or pasted: lists with commas, semicolons, lines, and `Name <address>` from a mail. */
export function guestsOf(raw: string, ownEmail: string): Guest[] {
  const bracketed = [...raw.matchAll(/<([^<>\s@]+@[^<>\s]+)>/gu)].map((found) => found[1] ?? '');
  const plain = raw.replace(/(?<![^,;\n<>])[^,;\n<>]*<[^<>\s@]+@[^<>\s]+>/gu, ' ').split(/[\s,;]+/u); // looking behind: begun once a name (E8)
  return [...plain, ...bracketed].filter((word) => word !== '').map((word) => guestOf(word, ownEmail));
}

function guestOf(word: string, ownEmail: string): Guest {
  const name = usernameKeyOf(word);
  if (username.test(name)) return { key: name, shown: name };
  const key = emailKeyOf(word);
  if (key === null) return { key: word, shown: word, problem: t('notAnAddress') };
  if (key === ownEmail) return { key, shown: key, problem: t('thatIsYou') };
  return { key, shown: key };
}

/** C1: nobody is there twice; spelling an address differently does not make another person. */
export function withGuests(list: readonly Guest[], more: readonly Guest[]): Guest[] {
  const byKey = new Map(list.map((guest) => [guest.key, guest]));
  for (const guest of more) if (!byKey.has(guest.key)) byKey.set(guest.key, guest);
  return [...byKey.values()];
}
