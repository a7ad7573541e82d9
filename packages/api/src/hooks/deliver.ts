import { type HookPayload, Refusal } from '@koreromai/contract';
import { hookByHash, idOf, newId } from '@koreromai/db';
import { hashToken } from '../auth/tokens.ts';
import type { Purse } from '../limiter.ts';
import { namedIn } from '../messages/naming.ts';
import { messagePosted } from '../messages/post.ts';
import { fitting } from '../messages/router.ts';
import type { Services } from '../services.ts';
import { userView } from '../users/view.ts';
import { answeredFor } from './answered-for.ts';
import { wordsOf } from './words.ts';

interface Incoming {
  readonly token: string;
  readonly payload: HookPayload;
  /** A UUID of the sender's: the same again is the same message. */
  readonly id: string | undefined;
  readonly spent: (purse: Purse) => void;
}

/**
 * Posts what came at a hook's address, as its bot, by the rules that hold for anybody who posts there: decided when it comes. Throws NOT_FOUND
 * for a token that is good for nothing, RATE_LIMITED, and what posting throws.
 */
export async function deliverHook(services: Services, { token, payload, id, spent }: Incoming): Promise<{ replayed: boolean }> {
  const { read, lane, limiter, now } = services;
  const row = await hookByHash(read, hashToken(token));
  if (!row || !answeredFor(row)) throw new Refusal('NOT_FOUND');
  await limiter.take('hook', idOf(row.hook_id), spent);
  const text = fitting(wordsOf(payload));
  if (text === '') throw new Refusal('EMPTY_MESSAGE', { fields: { text: 'must not be empty' } });
  const chat = { conversationId: idOf(row.conversation_id), kind: row.kind === 'room' ? ('room' as const) : ('group' as const) };
  const { replayed } = await lane.change(messagePosted, {
    id: id ?? newId(now()),
    conversationId: chat.conversationId,
    room: chat.kind === 'room',
    direct: null,
    author: userView(row.id, row),
    text,
    named: await namedIn(services, text, chat),
    replyToId: null,
    attachmentIds: [],
  });
  return { replayed };
}
