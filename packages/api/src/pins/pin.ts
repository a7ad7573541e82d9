import { limits, Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { type Direct, entryFacts, entryLookups, mayEnterNow, mayReach } from '../messages/entry.ts';

export interface Pinning {
  readonly messageId: string;
  readonly conversationId: string;
  readonly room: boolean;
  readonly direct: Direct | null;
  readonly userId: string;
  readonly on: boolean;
}

/**
 * Pins a message for everybody in the chat, or takes the pin off; the same again changes nothing. Anybody in a direct chat or a group
 * may; in rooms those who keep them: the owner, the admins, the site's moderators.
 */
export const messagePinned = changeKind<Pinning, void>()({
  name: 'message.pinned',
  alone: true,
  streams: (input) => [input.conversationId],
  lookups: (inputs) => ({
    ...entryLookups(inputs),
    message: lookup(
      'message',
      ['conversation_id', 'seq', 'deleted_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.messageId)]),
    ),
    pins: lookup(
      'pin',
      ['message_id'],
      ['conversation_id'],
      inputs.map((i) => [bytesOf(i.conversationId)]),
    ),
  }),
  facts: (found) => ({ ...entryFacts(found), message: found.message[0], pinned: found.pins.map((p) => idOf(p.message_id)) }),
  decide(input, facts, draft) {
    const { messageId, conversationId, userId, on } = input;
    mayEnterNow(facts, input);
    const { message, pinned } = facts;
    if (!message || idOf(message.conversation_id) !== conversationId) throw new Refusal('NOT_FOUND');
    const leads = (facts.stays.get(`${conversationId} ${userId}`)?.role ?? 'member') !== 'member';
    if (input.room && !leads && (facts.site.get(userId) ?? 'user') === 'user') throw new Refusal('FORBIDDEN');
    if (on) mayReach(facts, input); // taking off is always allowed
    if (on && message.deleted_at !== null) throw new Refusal('MESSAGE_DELETED');
    if (pinned.includes(messageId) === on) return;
    if (on && pinned.length >= limits.pins.perConversation) throw new Refusal('TOO_MANY_PINS');
    const key = { conversation_id: bytesOf(conversationId), message_id: bytesOf(messageId) };
    if (on) draft.insert('pin', { ...key, pinned_by: bytesOf(userId), pinned_at: draft.now });
    else draft.delete('pin', key);
    const type = on ? 'pin.added' : 'pin.removed';
    const number = Number(message.seq);
    draft.event({
      stream: conversationId,
      type,
      actor: userId,
      subject: messageId,
      number,
      view: (at) => ({ ...at, type, userId, messageId, messageSeq: number }),
    });
  },
});
