/**
 * The closed list of refusals: code → HTTP status and the sentence a person reads (what happened, why, what to do).
 * REST's `code` and tRPC's `data.code` both come from here; nothing else ever leaves the server.
 */
export const errorCodes = {
  BAD_INPUT: [400, 'Something in this request is not valid. Mend the fields named and try again.'],
  CURSOR_INVALID: [400, 'This cursor does not belong to this list. Start again without a cursor.'],
  BAD_RANGE: [400, 'These dates are no range: write dates like 2026-11-21 or instants, a known time zone, and the earlier one first.'],
  GROUP_TOO_SMALL: [400, 'A group needs at least 3 people, you included. Add someone, or start a direct chat instead.'],
  CANNOT_ADD_SELF: [400, 'A direct chat needs somebody else. Type another address.'],
  EMPTY_MESSAGE: [400, 'This message has no text and no file. Write something first.'],
  BAD_EMOJI: [400, 'This is not exactly one emoji. Choose one from the picker.'],
  BATCH_TOO_LARGE: [400, 'This batch has more than 20 calls, so none of them ran. Send smaller batches.'],
  UNAUTHENTICATED: [401, 'You are not signed in. Sign in and try again.'],
  SESSION_EXPIRED: [401, 'Your session has ended. Sign in again.'],
  SIGN_IN_FAILED: [401, 'This e-mail and password do not match. Check both and try again.'],
  ACCOUNT_SUSPENDED: [403, 'This account has been suspended. Ask those who run this server.'],
  FORBIDDEN: [403, 'You may not do this here.'],
  TOKEN_SCOPE: [403, 'This token may not do this. Make one with the scope that is needed.'],
  NOT_FOR_BOTS: [403, 'This is for people who are signed in, and for no bot. Do it in the app.'],
  BAD_ORIGIN: [403, 'This request came from another site and was refused.'],
  CANNOT_ADD_USER: [403, 'One of these people cannot be added. Leave them out and try again.'],
  CANNOT_MESSAGE: [403, 'You cannot write to this person.'],
  PASSWORD_WRONG: [403, 'This is not your current password. Check it and try again.'],
  NOT_CONTACTS: [403, 'Here people write to each other only once both agree. Ask to be contacts or follow each other first.'],
  NOT_ADMIN: [403, 'Only the owner and the admins of this group can do this. Ask one of them.'],
  NOT_OWNER: [403, 'Only the owner of this group can do this. Ask them.'],
  NOT_AUTHOR: [403, 'Only its author can edit this message.'],
  EDIT_WINDOW_CLOSED: [403, 'This message is too old to be edited. Write a new one instead.'],
  ROOM_PASSWORD_WRONG: [403, 'This is not the password of this room. Ask its owner for the right one.'],
  ROOM_ACCESS_DENIED: [403, 'You may not enter this room. Ask its owner.'],
  JOIN_FIRST: [403, 'This room shows what is said from the moment one joins it. Follow it first, then write.'],
  NOT_FOUND: [404, 'This does not exist, or it is not yours to see.'],
  METHOD_NOT_SUPPORTED: [405, 'This address does not answer that method.'],
  EMAIL_TAKEN: [409, 'An account with this e-mail exists already. Sign in instead.'],
  ROOM_NAME_TAKEN: [409, 'There is a room with this name already. Choose another name.'],
  USERNAME_TAKEN: [409, 'This username is taken. Choose another, or leave it empty and get one.'],
  GROUP_FULL: [409, 'A group holds at most 10 people, invited ones included. Remove someone first.'],
  GROUP_MIN_MEMBERS: [409, 'A group keeps at least 3 seats. Leave the group, or add someone before removing.'],
  GROUP_UNDERFULL: [409, 'Nobody else is here at the moment. Add someone before you write.'],
  OWNER_STAYS: [409, 'The owner cannot be removed. They can leave by themselves.'],
  DIRECT_IMMUTABLE: [409, 'A direct chat always has exactly two people. Start a group instead.'],
  ROOM_HAS_NO_SEATS: [409, 'A room has no seats: people follow it by themselves. Change it as a room, and let people in by its list.'],
  UNBLOCK_FIRST: [409, 'You have blocked this person. Lift the block first, then try again.'],
  PEER_GONE: [409, 'The other person has left KoreroMai, so nobody would read this.'],
  LAST_ADMIN: [409, 'This is the last admin, and somebody must be one. Make another person admin first.'],
  MESSAGE_DELETED: [409, 'This message has been deleted, so nothing can be done with it.'],
  VERSION_CONFLICT: [409, 'Someone changed this message meanwhile. Look at the new text and try again.'],
  TOO_MANY_REACTIONS: [409, 'This message has 20 different reactions already. Use one of those.'],
  TOO_MANY_PINS: [409, 'This chat has 50 pinned messages already. Take one off before you pin another.'],
  TOO_MANY_BOTS: [409, 'You have at least as many bots as one person may have here. Delete some, or ask an admin to allow more.'],
  TOO_MANY_TOKENS: [409, 'This bot has as many tokens as it may have. Revoke one before you make another.'],
  TOO_MANY_HOOKS: [409, 'This chat has as many webhooks of that kind as it may have. Remove one before you make another.'],
  WEBHOOK_DISABLED: [409, 'This webhook is disabled, so nothing is sent to it. Enable it first.'],
  FILE_SENT: [409, 'This file has been sent, and its description with it. Delete the message and send the file again to describe it anew.'],
  IDEMPOTENCY_MISMATCH: [409, 'This id was used for another message. Use a new id for a new message.'],
  ALREADY_MEMBER: [409, 'You are in this chat already, so this link is for somebody else. Pass it on.'],
  RESET_GONE: [410, 'This link was used, replaced or is too old. Ask for a new one.'],
  INVITATION_GONE: [410, 'This invitation was used, withdrawn or is too old. Ask for a new link.'],
  CONVERSATION_CLOSED: [410, 'This chat has been closed.'],
  PRECONDITION_FAILED: [412, 'This has changed since you read it. Read it again, then decide.'],
  MESSAGE_TOO_LONG: [413, 'A message holds at most 4,000 characters. Split it into several.'],
  TOO_LARGE: [413, 'This request is too large. Send less at once.'],
  PICTURE_TOO_LARGE: [413, 'This picture has too many pixels or frames. Make it smaller and try again.'],
  QUOTA_EXCEEDED: [413, 'Your files take all the room that one person has here. Delete messages with files you no longer need.'],
  UNSUPPORTED_MEDIA: [
    415,
    'This is not taken here. Send JSON with the header content-type: application/json; files are PNG, JPEG, WebP, GIF or AVIF pictures and MP4 or WebM videos.',
  ],
  RATE_LIMITED: [429, 'Too many tries in a short time. Wait a moment and try again.'],
  TOO_MANY_CONNECTIONS: [429, 'You have as many connections open as one person may have. Close one, such as a tab, and try again.'],
  TOO_MANY_SUBSCRIPTIONS: [429, 'This connection has too many subscriptions. Stop some first.'],
  INTERNAL: [500, 'Something went wrong on our side. Try again; if it stays so, tell whoever runs this server.'],
  BUSY: [503, 'The server is busy and cannot say yet whether this was done. Try the same again in a moment.'],
  DRAINING: [503, 'The server is restarting and did not take this. Try again in a moment.'],
  STORAGE_FULL: [507, 'This server has no room left and did not take this. Tell whoever runs it.'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

export type ErrorCode = keyof typeof errorCodes;

export const statusOf = (code: ErrorCode): number => errorCodes[code][0];
export const sentenceOf = (code: ErrorCode): string => errorCodes[code][1];
export const isErrorCode = (value: unknown): value is ErrorCode => typeof value === 'string' && Object.hasOwn(errorCodes, value);

export interface RefusalInfo {
  /** Field name → what is wrong with it, in words. */
  fields?: Record<string, string>;
  /** Facts a program can act on, e.g. `{ suggest: 'direct' }`. Never another person's data. */
  details?: Record<string, unknown>;
  /** Seconds to wait; becomes `Retry-After`. */
  retryAfter?: number;
}

/** A no that the user is told in words. Thrown by domain code; mapped to the wire in one place. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly info: RefusalInfo;
  constructor(code: ErrorCode, info: RefusalInfo = {}) {
    super(sentenceOf(code));
    this.code = code;
    this.info = info;
  }
}
