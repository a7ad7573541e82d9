import { type BotScope, botScope, Refusal } from '@koreromai/contract';

/** What a call asks of a bot's token. `people`: no token is good for it. */
export type Needed = BotScope | 'people';

/** Accounts, sessions, devices and whoever runs the instance: nothing that a token which leaked may touch. */
const forPeople = new Set(['admin', 'auth', 'bots', 'hooks', 'mail', 'preferences', 'push', 'webhooks']);

/**
 * What else is for people: a bot never begins a chat and asks nobody to be their contact, so that it is only where somebody put it, and nobody
 * gets round a block by a bot of theirs; its account is its owner's to delete.
 */
const startedByPeople = new Set([
  'conversations.create',
  'rooms.create',
  'users.post',
  'contacts.request',
  'users.deleteMe',
  'users.create',
]);

/** Beside `messages.*`: that one writes is told to those who may read it a moment later, and a file is sent with its description. */
const posting = new Set(['presence.typing', 'attachments.describe']);
/** It changes what a connection hears, and nothing else. */
const reading = new Set(['events.watch']);

/** What the procedure at `path` asks of a bot's token: decided here for all there are and all to come. */
export function neededFor(path: string, type: 'query' | 'mutation' | 'subscription'): Needed {
  const [noun = ''] = path.split('.');
  if (forPeople.has(noun) || startedByPeople.has(path)) return 'people';
  if (type !== 'mutation' || reading.has(path)) return 'read';
  return noun === 'messages' || posting.has(path) ? 'post' : 'manage';
}

/** Throws TOKEN_SCOPE and NOT_FOR_BOTS. `scopes` is null for people, who may whatever the rules let them. */
export function mayByToken(scopes: ReadonlySet<BotScope> | null, needed: Needed): void {
  if (scopes === null) return;
  if (needed === 'people') throw new Refusal('NOT_FOR_BOTS');
  if (!scopes.has(needed)) throw new Refusal('TOKEN_SCOPE', { details: { needs: needed } });
}

/** A stored list of scopes; a word that is not known here gives nothing. Null: a person's session. */
export function scopesOf(stored: string | null): ReadonlySet<BotScope> | null {
  if (stored === null) return null;
  const words = new Set(stored.split(' '));
  return new Set(botScope.options.filter((scope) => words.has(scope)));
}
