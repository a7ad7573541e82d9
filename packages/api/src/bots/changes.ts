import { type BotScope, limits, Refusal } from '@koreromai/contract';
import { bytesOf, handleOf, idOf, locked, lookup } from '@koreromai/db';
import { changeKind, type Draft, type Found } from '@koreromai/realtime';
import { type Act, audit } from '../admin/audit.ts';
import { adminLock } from '../admin/govern.ts';
import { endSession, sessionsOf, tokensOf } from '../auth/changes.ts';
import { queueJob } from '../jobs/changes.ts';
import { settingNow } from '../settings/changes.ts';
import { settingsOf } from '../settings/settings.ts';
import type { Departure } from '../users/departure.ts';
import { takeHandle, writeWords } from '../users/names.ts';
import { bury } from '../users/remove.ts';

export interface NewBot {
  readonly id: string;
  readonly ownerId: string;
  /** Where its owner called from, for the audit. */
  readonly address: string;
  readonly name: string;
  readonly username: string;
}

/** Whatever concerns a person's bots locks that person's stream, so that their suspension and their deletion come before it or behind it. */
const botLookups = (inputs: readonly { ownerId: string }[]) => ({
  owner: lookup(
    'user',
    ['suspended_at', 'deleted_at', 'bot'],
    ['id'],
    inputs.map((i) => [bytesOf(i.ownerId)]),
  ),
  bots: lookup(
    'user',
    ['id', 'deleted_at', 'created_at', 'avatar_id'],
    ['owner_id'],
    inputs.map((i) => [bytesOf(i.ownerId)]),
  ),
});

/** What decides whether one more bot is made, besides who its owner is. */
export const makingLookups = (inputs: readonly { ownerId: string; username: string }[]) => ({
  ...botLookups(inputs),
  handle: lookup(
    'handle',
    ['user_id'],
    ['skeleton_hash'],
    inputs.map((i) => [handleOf(i.username)]),
  ),
  allowed: settingNow('botsPerPerson'),
});

/** The streams under which `makingLookups` are made. */
export const makingStreams = (ownerId: string): readonly string[] => [adminLock, ownerId];

/** Drafts a bot and gives when it was made: earlier where a rerun after a lost answer finds it. Throws TOO_MANY_BOTS and USERNAME_TAKEN. */
export function makeBot(
  draft: Draft,
  { id, ownerId, address, name, username }: NewBot,
  { owner: [owner], bots, handle: [handle], allowed }: Found<ReturnType<typeof makingLookups>>,
): number {
  const before = bots.find((b) => idOf(b.id) === id);
  if (before) return Number(before.created_at);
  if (!owner || owner.suspended_at !== null || owner.deleted_at !== null) throw new Refusal('UNAUTHENTICATED');
  const { botsPerPerson: most } = settingsOf(allowed);
  const has = bots.filter((b) => b.deleted_at === null).length;
  if (has >= most) throw new Refusal('TOO_MANY_BOTS', { details: { bots: has, max: most } });
  if (handle) throw new Refusal('USERNAME_TAKEN', { fields: { username: 'is taken' } });
  const own = { id: bytesOf(id), username, name, bot: 1, owner_id: bytesOf(ownerId), created_at: draft.now };
  draft.insert('user', { ...own, email: null, bio: '', role: 'user', founder: null, password_hash: '', deleted_at: null }); // no password has that hash
  takeHandle(draft, id, username);
  writeWords(draft, id, name, username);
  draft.insert('stream', { id: bytesOf(id) }, 'ignore');
  audit(draft, { actorId: ownerId, address }, { action: 'bot.made', target: id });
  return draft.now;
}

/** A program gets an account, for which its owner answers. */
export const botMade = changeKind<NewBot, { createdAt: number }>()({
  name: 'bot.made',
  alone: true,
  streams: (input) => makingStreams(input.ownerId),
  lookups: makingLookups,
  facts: (found) => found,
  decide: (input, found, draft) => ({ createdAt: makeBot(draft, input, found) }),
});

export interface BotRemoval {
  /** Not always its owner: whoever ends a hook deletes its bot, and the bots of a deleted account go by themselves. */
  readonly act: Act;
  readonly botId: string;
  readonly ownerId: string;
  readonly erase: boolean;
  readonly jobId: string;
}

/** The bot is gone with its tokens and its hook, like a person who deletes their account; what it leaves behind is the job's. Twice is no mistake. */
export const botDeleted = changeKind<BotRemoval, void>()({
  name: 'bot.deleted',
  alone: true,
  streams: (input) => [input.ownerId, input.botId],
  lookups: (inputs) => ({
    ...botLookups(inputs),
    sessions: sessionsOf(inputs.map((i) => i.botId)),
    hooks: locked(
      lookup(
        'hook',
        ['id', 'conversation_id'],
        ['bot_id'],
        inputs.map((i) => [bytesOf(i.botId)]),
      ),
    ), // so that it is written down once, by whoever ends it
  }),
  facts: (found) => found,
  decide({ act, botId, ownerId, erase, jobId }, { bots, sessions, hooks: [hook] }, draft) {
    const bot = bots.find((b) => idOf(b.id) === botId);
    if (!bot) throw new Refusal('NOT_FOUND');
    if (bot.deleted_at !== null) return;
    bury(draft, botId, bot.avatar_id);
    if (hook) endHook(draft, act, { id: idOf(hook.id), conversationId: idOf(hook.conversation_id), botId });
    for (const { id } of sessions.filter((s) => s.revoked_at === null)) endToken(draft, ownerId, id);
    audit(draft, act, { action: 'bot.deleted', target: botId, detail: { owner: ownerId } });
    const data: Departure = { stage: 'bots', after: null, seq: 0, erase };
    queueJob(draft, { id: jobId, kind: 'account.depart', subject: botId, data });
  },
});

export interface NewToken {
  readonly id: string;
  readonly botId: string;
  readonly ownerId: string;
  /** Where its owner called from, for the audit. */
  readonly address: string;
  readonly tokenHash: Buffer;
  readonly label: string;
  readonly scopes: readonly BotScope[];
  /** Milliseconds since 1970; null: until it is revoked. */
  readonly expiresAt: number | null;
}

/** A token of a bot is a session of its account: whatever ends sessions ends it, and closes its sockets and streams. */
export const tokenMade = changeKind<NewToken, { createdAt: number }>()({
  name: 'bot.token.made',
  alone: true,
  streams: (input) => [input.ownerId],
  lookups: (inputs) => ({ ...botLookups(inputs), tokens: tokensOf(inputs.map((i) => i.ownerId)) }),
  facts: (found) => found,
  decide(input, { owner: [owner], bots, tokens }, draft) {
    const [id, botId] = [bytesOf(input.id), bytesOf(input.botId)];
    if (!bots.some((b) => b.id.equals(botId) && b.deleted_at === null)) throw new Refusal('NOT_FOUND');
    if (!owner || owner.suspended_at !== null || owner.deleted_at !== null) throw new Refusal('UNAUTHENTICATED');
    const holds = tokens.filter(
      (t) => t.user_id.equals(botId) && t.revoked_at === null && (t.expires_at === null || Number(t.expires_at) > draft.now),
    );
    if (holds.some((t) => t.id.equals(id))) return { createdAt: draft.now }; // a rerun after a lost answer
    if (holds.length >= limits.bots.tokens) throw new Refusal('TOO_MANY_TOKENS');
    const whose = { id, token_hash: input.tokenHash, user_id: botId, owner_id: bytesOf(input.ownerId) };
    const unused = draft.now - limits.session.touchEvery - 1; // so that its first use is noted, however soon it comes
    const since = { created_at: draft.now, last_seen_at: unused, revoked_at: null, expires_at: input.expiresAt };
    draft.insert('session', { ...whose, ...since, user_agent: '', scopes: input.scopes.join(' '), label: input.label });
    audit(draft, { actorId: input.ownerId, address: input.address }, { action: 'bot.token.made', target: input.id, detail: whatOf(input) });
    return { createdAt: draft.now };
  },
});

/** What the audit says of a token: neither itself nor its hash, nor what its owner calls it. */
const whatOf = ({ botId, scopes, expiresAt }: NewToken) => ({
  bot: botId,
  scopes: scopes.join(' '),
  until: expiresAt === null ? null : new Date(expiresAt).toISOString(),
});

/** Ends a token at once. One that has ended is no mistake; somebody else's does not exist. */
export const tokenRevoked = changeKind<{ botId: string; tokenId: string; ownerId: string; address: string }, void>()({
  name: 'bot.token.revoked',
  alone: true,
  streams: (input) => [input.ownerId],
  lookups: (inputs) => ({ tokens: tokensOf(inputs.map((i) => i.ownerId)) }),
  facts: (found) => found.tokens,
  decide({ botId, tokenId, ownerId, address }, tokens, draft) {
    const token = tokens.find((t) => idOf(t.id) === tokenId && idOf(t.user_id) === botId);
    if (!token) throw new Refusal('NOT_FOUND');
    if (token.revoked_at !== null) return;
    endToken(draft, ownerId, token.id);
    audit(draft, { actorId: ownerId, address }, { action: 'bot.token.revoked', target: tokenId, detail: { bot: botId } });
  },
});

/** Told on the owner's stream, which their screens hear; whoever watches for the end of a session looks at its id alone. */
function endToken(draft: Draft, ownerId: string, id: Buffer): void {
  endSession(draft, id);
  draft.event({ stream: ownerId, type: 'session.revoked', actor: ownerId, subject: idOf(id) });
}

/** The address is good for nothing any more. Its bot's deletion is a change of its own. */
export function endHook(draft: Draft, act: Act, hook: { id: string; conversationId: string; botId: string; entryId?: string }): void {
  draft.delete('hook', { id: bytesOf(hook.id) });
  const entry = { action: 'hook.ended', target: hook.id, detail: { chat: hook.conversationId, bot: hook.botId } } as const;
  audit(draft, act, hook.entryId === undefined ? entry : { ...entry, id: hook.entryId });
}
