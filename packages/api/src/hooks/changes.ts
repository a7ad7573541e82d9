import { limits, Refusal } from '@koreromai/contract';
import { bytesOf, idOf, locked, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { audit } from '../admin/audit.ts';
import { endHook, makeBot, makingLookups, makingStreams } from '../bots/changes.ts';
import { openSpan, seatLookups, seatsOf } from '../conversations/seats.ts';
import { joinRoom } from '../rooms/follow.ts';
import { tendingLookups, tends } from './manage.ts';

export interface NewHook {
  readonly id: string;
  readonly conversationId: string;
  readonly actorId: string;
  /** Where they called from, for the audit. */
  readonly address: string;
  readonly tokenHash: Buffer;
  readonly bot: { readonly id: string; readonly name: string; readonly username: string };
}

const hooksIn = (conversationIds: readonly string[]) =>
  lookup(
    'hook',
    ['id'],
    ['conversation_id'],
    conversationIds.map((id) => [bytesOf(id)]),
  );

/**
 * The address, and the bot that writes what comes there: one of its maker's, let in here like anybody else. In a group it takes a seat, in a room
 * a place on the list of those let in, so that whoever takes that away ends the hook.
 */
export const hookMade = changeKind<NewHook, void>()({
  name: 'hook.made',
  alone: true,
  streams: (input) => [input.conversationId, ...makingStreams(input.actorId), input.bot.id],
  lookups: (inputs) => ({
    ...tendingLookups(inputs),
    ...seatLookups(inputs.map((i) => i.conversationId)),
    ...makingLookups(inputs.map((i) => ({ ownerId: i.actorId, username: i.bot.username }))),
    hooks: hooksIn(inputs.map((i) => i.conversationId)),
  }),
  facts: (found) => found,
  decide({ id, conversationId, actorId, address, tokenHash, bot }, found, draft) {
    const kind = tends(found);
    if (found.hooks.some((h) => idOf(h.id) === id)) return; // a rerun after a lost answer
    if (found.hooks.length >= limits.hooks.perConversation) throw new Refusal('TOO_MANY_HOOKS');
    const { active, invited } = seatsOf(found, draft.now);
    const seats = active.length + invited.length + 1;
    if (kind === 'group' && seats > limits.group.maxSeats)
      throw new Refusal('GROUP_FULL', { details: { seats, max: limits.group.maxSeats } });
    makeBot(draft, { ...bot, ownerId: actorId, address }, found);
    const whose = { conversation_id: bytesOf(conversationId), user_id: bytesOf(bot.id) };
    if (kind === 'group')
      openSpan(draft, { conversationId, room: false, userId: bot.id, role: 'member', addedBy: actorId, founder: false });
    else {
      draft.insert('room_access', { ...whose, list: 'allow', added_by: bytesOf(actorId), added_at: draft.now });
      joinRoom(draft, { roomId: conversationId, userId: bot.id, history: 'fromJoin', stay: undefined, lapsed: false, readSeq: 0 });
    }
    draft.insert('hook', {
      id: bytesOf(id),
      conversation_id: whose.conversation_id,
      bot_id: whose.user_id,
      made_by: bytesOf(actorId),
      token_hash: tokenHash,
      created_at: draft.now,
    });
    audit(draft, { actorId, address }, { action: 'hook.made', target: id, detail: { chat: conversationId, bot: bot.id } });
  },
});

export interface HookRemoval {
  readonly id: string;
  readonly conversationId: string;
  readonly actorId: string;
  /** Where they called from, for the audit. */
  readonly address: string;
  /** Of what is written down: so a rerun after a lost answer is known from somebody else who ends it in the same moment. */
  readonly entryId: string;
}

/** Whoever tends the chat ends a hook, whoever made it; its bot is deleted behind it. Of two at once, one is told that it is not there. */
export const hookRemoved = changeKind<HookRemoval, void>()({
  name: 'hook.removed',
  alone: true,
  streams: (input) => [input.conversationId],
  lookups: (inputs) => ({
    ...tendingLookups(inputs),
    hooks: locked(
      lookup(
        'hook',
        ['conversation_id', 'bot_id'],
        ['id'],
        inputs.map((i) => [bytesOf(i.id)]),
      ),
    ),
    before: lookup(
      'audit',
      ['id'],
      ['id'],
      inputs.map((i) => [bytesOf(i.entryId)]),
    ),
  }),
  facts: (found) => found,
  decide({ id, conversationId, entryId, ...act }, found, draft) {
    if (found.before.length > 0) return; // a rerun after a lost answer
    tends(found);
    const [hook] = found.hooks;
    if (!hook || idOf(hook.conversation_id) !== conversationId) throw new Refusal('NOT_FOUND');
    endHook(draft, act, { id, conversationId, botId: idOf(hook.bot_id), entryId });
  },
});
