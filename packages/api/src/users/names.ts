import { randomInt } from 'node:crypto';
import { Refusal } from '@koreromai/contract';
import { bytesOf, handleOf, nameWordsOf } from '@koreromai/db';
import type { Draft } from '@koreromai/realtime';

const adjectives =
  'amber brave bright calm clear clever eager early fair fleet gentle glad golden green happy honest keen kind light lively lucky merry mild neat noble patient plain proud quick quiet rapid ready silver smooth steady sunny swift tidy warm wise'.split(
    ' ',
  );
const nouns =
  'badger beacon birch brook canoe cedar cliff cloud comet cove creek dune falcon fern fjord forest garden harbour heron island kauri kea kiwi lagoon lantern maple meadow moa otter pebble pine pukeko reef ridge river robin sparrow summit tide tui valley wave willow'.split(
    ' ',
  );

const pick = (words: readonly string[]) => words[randomInt(words.length)] ?? 'kiwi';

/** E2: a username that tells nothing of its owner: adjective-noun-4 digits. */
export const generateUsername = (): string => `${pick(adjectives)}-${pick(nouns)}-${randomInt(10_000).toString().padStart(4, '0')}`;

/** Makes something under the username that was chosen or, without one, under the first of ours that is free. Throws USERNAME_TAKEN for a chosen one. */
export async function lucky<Made>(chosen: string | undefined, make: (username: string) => Promise<Made>): Promise<Made> {
  for (let tries = 0; ; tries++) {
    try {
      return await make(chosen ?? generateUsername());
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'USERNAME_TAKEN' || chosen !== undefined || tries >= 20) throw error;
    }
  }
}

/** A username is its owner's for ever, with all that look like it (E2, E11): whoever gives one up can take it back, nobody else can. */
export function takeHandle(draft: Draft, userId: string, username: string): void {
  draft.insert('handle', { skeleton_hash: handleOf(username), user_id: bytesOf(userId) });
}

/** What the list of people finds a person by. */
export function writeWords(draft: Draft, userId: string, name: string, username: string): void {
  for (const word of nameWordsOf(name, username)) draft.insert('user_word', { user_id: bytesOf(userId), word });
}
