import { type Client, type Message, refusalOf } from '@koreromai/client';
import type { Conversation, Self } from '@koreromai/contract';
import { reasonOf } from '../language/refusals.ts';
import { mayPin } from '../people/rights.ts';
import type { Spot } from '../ui/spot.ts';
import { toast } from '../ui/toast.tsx';
import type { Talk } from './talk.tsx';
import { t } from './words.ts';

export type MessageVerb = 'like' | 'react' | 'answer' | 'edit' | 'copy' | 'link' | 'pin' | 'unread' | 'report' | 'hide' | 'delete';

/** What this reader may do with a message, the harmless first (UI12). The server has the last word on all of it. */
export function verbsFor(message: Message, conversation: Conversation, me: Pick<Self, 'id' | 'role'>): MessageVerb[] {
  const open = conversation.state === 'open';
  const mine = message.author.id === me.id;
  const manages = conversation.kind !== 'direct' && (conversation.myRole ?? 'member') !== 'member';
  if (message.deleted) return ['hide'];
  return [
    ...(open ? (['like', 'react', 'answer'] as const) : []),
    ...(mine && open ? (['edit'] as const) : []),
    ...(message.text ? (['copy'] as const) : []),
    'link',
    ...(mayPin(conversation, me) ? (['pin'] as const) : []),
    ...(mine || conversation.myRole === null ? [] : (['unread'] as const)),
    ...(mine ? [] : (['report'] as const)),
    'hide',
    ...(mine || manages ? (['delete'] as const) : []),
  ];
}

/** How long "Undo" is offered after hiding. */
const UNDO_WITHIN = 10_000;

/** Does it. What the server refuses is said in a toast. */
export function doVerb(verb: MessageVerb, message: Message, { client, talk, spot }: { client: Client; talk: Talk; spot: Spot }): void {
  const said = (error: unknown) => toast(reasonOf(refusalOf(error)));
  const verbs: Record<MessageVerb, () => void> = {
    like: () => talk.toggle(message, 'like'),
    react: () => talk.pick({ ...spot, choose: (emoji) => talk.toggle(message, emoji) }),
    answer: () => talk.answer(message),
    edit: () => talk.edit(message),
    copy: () => void copied(message.text ?? '', t('textCopied')),
    link: () => void copied(linkOf(message), t('linkCopied')),
    pin: () => void pin(client, message).catch(said),
    unread: () => void unread(client, message).catch(said),
    report: () => talk.report(message),
    hide: () => void hide(client, message).catch(said),
    delete: () => talk.askToDelete(message),
  };
  verbs[verb]();
}

/** Opens this message for whoever may see it. */
export const linkOf = (message: Message): string => `${location.origin}/c/${message.conversationId}/m/${message.seq}`;

async function copied(text: string, says: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(says);
  } catch {
    toast(t('cannotCopy'));
  }
}

async function pin(client: Client, message: Message): Promise<void> {
  const { add, remove } = client.api.pins;
  await (message.pinned ? remove : add).mutate({ messageId: message.id });
  toast(message.pinned ? t('pinOff') : t('pinned'));
}

async function unread(client: Client, message: Message): Promise<void> {
  await client.markUnread(message.conversationId, message.seq);
  toast(t('unreadFromHere'));
}

async function hide(client: Client, message: Message): Promise<void> {
  await client.hide(message.id);
  const undo = () => void client.unhide(message.id).catch((error: unknown) => toast(reasonOf(refusalOf(error))));
  toast(t('hidden'), { action: { verb: t('undo'), run: undo }, stays: UNDO_WITHIN });
}
