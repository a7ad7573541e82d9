import { z } from 'zod';
import { conversation } from './conversations.ts';
import { id, instant, sealedPos } from './ids.ts';
import { limits } from './limits.ts';
import { pageInput } from './page.ts';
import { password, user } from './people.ts';
import { displayName } from './text.ts';

/** Who may enter: everyone who is signed in, those on the list, or whoever knows the password. A deny list stands above all (Q2). */
export const roomAccess = z.enum(['public', 'allowlist', 'password']);
export type RoomAccess = z.infer<typeof roomAccess>;

/** H1: a room shows all of its past, or of it what was said while one was in it: then whoever wants to read and write joins it first. */
export const roomHistory = z.enum(['all', 'fromJoin']);
export type RoomHistory = z.infer<typeof roomHistory>;

/** Two names are the same room's when they differ only in case and width; macrons are letters (C9). */
export const roomNameKey = (name: string): string => name.normalize('NFKC').toLowerCase();

/** What a search among names compares: here, unlike in the key, a letter with a macron is the letter. */
export const roomSearchKey = (text: string): string => [...roomNameKey(text)].map((letter) => plain[letter] ?? letter).join('');
const plain: Readonly<Record<string, string>> = { ā: 'a', ē: 'e', ī: 'i', ō: 'o', ū: 'u' };

/**
 * A room, also for those who may not enter: they see its name and `canEnter: false` (K10), and nothing of what is said in it.
 * `members` is empty here: those who follow are a list of their own.
 */
export const room = conversation.extend({
  kind: z.literal('room'),
  access: roomAccess,
  history: roomHistory,
  listed: z.boolean(),
  canEnter: z.boolean(),
  following: z.boolean(),
  /** How many follow it, exactly and now; null for those who may not enter (K10). */
  followers: z.int().nonnegative().nullable(),
  /** When I was last in it or wrote in it. */
  lastVisitedAt: instant.nullable(),
  /** How many messages are mine. */
  myMessages: z.int(),
});
export type Room = z.infer<typeof room>;

const secret = 'a room with a password needs one, and only such a room has one';
export const onlyShut = 'a room that everybody may enter shows all of its past';
const agrees = (given: { access?: RoomAccess | undefined; password?: string | undefined }) =>
  (given.access === 'password') === (given.password !== undefined);

export const createRoomInput = z
  .strictObject({
    name: displayName,
    access: roomAccess.default('public'),
    password: password.optional(),
    history: roomHistory.default('all'),
    listed: z.boolean().default(true),
  })
  .refine(agrees, { path: ['password'], error: secret })
  .refine(({ access, history }) => access !== 'public' || history === 'all', { path: ['history'], error: onlyShut });

/**
 * A new password voids what the old one opened (Q3); it may be set without naming the access again. Another `history` holds for those
 * who join from then on (H5).
 */
export const updateRoomInput = z.strictObject({
  roomId: id,
  name: displayName.optional(),
  access: roomAccess.optional(),
  password: password.optional(),
  history: roomHistory.optional(),
  listed: z.boolean().optional(),
});

export const roomInput = z.strictObject({ roomId: id });
export const enterRoomInput = z.strictObject({ roomId: id, password: z.string().max(1_000) });

export const roomSort = z.enum(['name', 'recent', 'mine', 'activity']);
export type RoomSort = z.infer<typeof roomSort>;
/** `query`: what stands somewhere in the name, whatever its case and with or without macrons. */
export const roomsInput = z.strictObject({
  sort: roomSort.default('name'),
  query: z.string().trim().max(limits.name.maxCodePoints).optional(),
  ...pageInput,
});

export const roomPersonInput = z.strictObject({ roomId: id, userId: id });
export const roomListInput = z.strictObject({ roomId: id, ...pageInput });
export const roomListEntry = z.object({ user, addedAt: instant });
export type RoomListEntry = z.infer<typeof roomListEntry>;

/** Where the room's messages can be heard from now on (K15). Both addresses are absolute. */
export const subscribed = z.object({ subscriptionId: id, eventsUrl: z.string(), websocketUrl: z.string(), cursor: sealedPos });
