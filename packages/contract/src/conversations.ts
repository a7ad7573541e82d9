import { z } from 'zod';
import { id, instant, seq } from './ids.ts';
import { message } from './messages.ts';
import { pageInput } from './page.ts';
import { person, user } from './people.ts';
import { displayName } from './text.ts';

export const role = z.enum(['owner', 'admin', 'member']);
export type Role = z.infer<typeof role>;

/**
 * `addedBy`: who put them into the group, told to those who were in it then; their own id where they came by themselves, with a link.
 * Null of those it began with, and of what was before my time.
 */
export const member = z.object({ user, role, joinedAt: instant, addedBy: id.nullable() });
export type Member = z.infer<typeof member>;

/** C7: a seat kept for an address without an account. Shown to the inviter alone, with the link to pass on. */
export const pending = z.object({ id, email: z.string(), status: z.literal('pending'), link: z.string(), expiresAt: instant });
export type Pending = z.infer<typeof pending>;

/** `underfull` (C8): fewer than two active people; readable, but posting waits until someone comes. */
export const conversationState = z.enum(['open', 'underfull', 'closed']);

/** Who renames a group, adds and removes: its owner, also its admins, or everybody in it. */
export const addPolicy = z.enum(['owner', 'admins', 'members']);
export type AddPolicy = z.infer<typeof addPolicy>;

export const notifyLevel = z.enum(['all', 'mentions', 'none']);
export type NotifyLevel = z.infer<typeof notifyLevel>;
export const notifications = z.object({ level: notifyLevel, mutedUntil: instant.nullable() });

export const conversation = z.object({
  id,
  kind: z.enum(['direct', 'group', 'room']),
  name: z.string().nullable(),
  createdAt: instant,
  owner: user.nullable(),
  members: z.array(member),
  /** The caller's own pending invitations, nobody else's. */
  pending: z.array(pending),
  /** Active people plus pending invitations. */
  seats: z.int(),
  seq,
  unreadCount: z.int(),
  /** How many of the unread messages name me, up to the same cap; those of people I have blocked are not told. */
  mentionCount: z.int(),
  lastReadSeq: seq,
  lastMessage: message.nullable(),
  /** Null: a room that I may enter and do not follow. It is not among my conversations. */
  myRole: role.nullable(),
  state: conversationState,
  addPolicy,
  notifications,
  /** Out of my list until somebody writes: hidden, or cleared and nothing new since. */
  hidden: z.boolean(),
  /** Rooms only: who may enter. */
  access: z.enum(['public', 'allowlist', 'password']).nullable(),
});
export type Conversation = z.infer<typeof conversation>;

export const createInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('direct'), person }),
  z.strictObject({ kind: z.literal('group'), people: z.array(person).max(50), name: displayName.optional() }),
]);

/**
 * `created` · `existing`: the direct chat stood already · `pending`: a direct chat with an unknown address,
 * which begins when the link is opened.
 */
export const created = z.discriminatedUnion('status', [
  z.object({ status: z.literal('created'), conversation }),
  z.object({ status: z.literal('existing'), conversation }),
  z.object({ status: z.literal('pending'), pending }),
]);
export type Created = z.infer<typeof created>;

/** Name, additions, removals, a new owner and who may manage, in one request: all of it happens or none. */
export const updateInput = z.strictObject({
  conversationId: id,
  name: displayName.nullable().optional(),
  add: z.array(person).max(50).optional(),
  remove: z.array(id).max(50).optional(),
  ownerId: id.optional(),
  addPolicy: addPolicy.optional(),
});

export const addMemberInput = z.strictObject({ conversationId: id, person });
/** `added` · `alreadyMember` (M3: nothing changed) · `pending`: unknown address, see `pending`. */
export const addedMember = z.object({ status: z.enum(['added', 'alreadyMember', 'pending']), conversation });

export const conversationInput = z.strictObject({ conversationId: id });
/** `hidden`: also those that are out of the list. */
export const conversationsInput = z.strictObject({ ...pageInput, hidden: z.boolean().default(false) });
export const roleInput = z.strictObject({ conversationId: id, userId: id, role: z.enum(['admin', 'member']) });
export const notificationsInput = z.strictObject({ conversationId: id, level: notifyLevel, mutedUntil: instant.nullish() });
export const membersInput = z.strictObject({ conversationId: id, ...pageInput });
export const removeMemberInput = z.strictObject({ conversationId: id, userId: id });

export const readInput = z.strictObject({ conversationId: id, seq });
/** `seq`: the first that counts as unread again. */
export const unreadInput = z.strictObject({ conversationId: id, seq: seq.min(1) });

export const invitationToken = z.strictObject({ token: z.string().min(1).max(200) });
/** What the holder of a link may know before signing in. */
export const invitationPage = z.object({
  kind: z.enum(['direct', 'group']),
  inviter: user,
  conversationName: z.string().nullable(),
  expiresAt: instant,
});
export type InvitationPage = z.infer<typeof invitationPage>;
