import { like, limits, Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup, type Stored } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { type Direct, entryFacts, entryLookups, mayEnterNow, mayReach } from '../messages/entry.ts';
import { reactingNow } from './view.ts';

export interface Reacting {
  readonly messageId: string;
  readonly conversationId: string;
  readonly room: boolean;
  readonly direct?: Direct | null;
  readonly userId: string;
  /** One emoji, or `like`. */
  readonly emoji: string;
  readonly on: boolean;
}

/** The look-up of everything that stands on these messages. */
export const reactionsOn = (inputs: readonly { readonly messageId: string }[]) =>
  lookup(
    'reaction',
    ['emoji', 'user_id', 'created_at'],
    ['message_id'],
    inputs.map((i) => [bytesOf(i.messageId)]),
  );

/** D-like1: one per person and emoji, set or taken back; the same again changes nothing. */
export const reacted = changeKind<Reacting, void>()({
  name: 'reaction.changed',
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
    here: reactionsOn(inputs),
  }),
  facts: (found) => ({ ...entryFacts(found), message: found.message[0], here: found.here }),
  decide(input, facts, draft) {
    mayEnterNow(facts, input);
    if (input.on) mayReach(facts, input); // C14; taking back is always allowed
    const { message, here } = facts;
    if (!message || idOf(message.conversation_id) !== input.conversationId) throw new Refusal('NOT_FOUND');
    if (message.deleted_at !== null) throw new Refusal('MESSAGE_DELETED');
    const mine = here.some((r) => r.emoji === input.emoji && idOf(r.user_id) === input.userId);
    if (mine === input.on) return;
    const kinds = new Set(here.map((r) => r.emoji).filter((e) => e !== like));
    if (input.on && input.emoji !== like && !kinds.has(input.emoji) && kinds.size >= limits.reactions.perMessage)
      throw new Refusal('TOO_MANY_REACTIONS');
    place(draft, input, message, here);
  },
});

type Here = readonly Pick<Stored<'reaction'>, 'emoji' | 'user_id' | 'created_at'>[];

/** Sets a reaction or takes it back, and tells how the message's reactions stand then. */
export function place(draft: Draft, reacting: Omit<Reacting, 'room'>, message: Pick<Stored<'message'>, 'seq'>, here: Here): void {
  const { messageId, conversationId, userId, emoji, on } = reacting;
  const key = { message_id: bytesOf(messageId), emoji, user_id: bytesOf(userId) };
  if (on) draft.insert('reaction', { ...key, created_at: draft.now });
  else draft.delete('reaction', key);
  const type = on ? 'reaction.added' : 'reaction.removed';
  const others = here.filter((r) => r.emoji !== emoji || idOf(r.user_id) !== userId);
  const rows = on ? [...others, { emoji, user_id: bytesOf(userId), created_at: draft.now }] : others;
  const now = reactingNow(rows, userId);
  draft.event({
    stream: conversationId,
    type,
    actor: userId,
    subject: messageId,
    number: Number(message.seq),
    view: (at) => ({ ...at, ...now, type, messageId, messageSeq: Number(message.seq) }),
  });
}
