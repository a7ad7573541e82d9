import type { Conversation, Message } from '@koreromai/contract';
import { type Accessor, createEffect, createMemo, createSignal, on, untrack } from 'solid-js';
import { useClient, useMe } from '../session/session.tsx';

interface UnreadOptions {
  conversation: Accessor<Conversation>;
  messages: Accessor<readonly Message[]>;
  atEnd: Accessor<boolean>;
  /** Somebody can see the page. */
  looking: Accessor<boolean>;
}

/** What of a conversation is new to the reader: the divider, the number on the pill, and when it counts as read. */
export function createUnread(options: UnreadOptions) {
  const client = useClient();
  const me = useMe();
  const readSeq = () => options.conversation().lastReadSeq;
  const newestSeq = createMemo(() => options.messages().at(-1)?.seq ?? 0);

  // The divider stays where the reader came in until they leave the chat (UI6), and comes anew after they looked away.
  const [dividerAfter, setDividerAfter] = createSignal<number | null>(
    untrack(() => (options.conversation().unreadCount > 0 ? readSeq() : null)),
  );
  createEffect(
    on(options.looking, (looking) => !looking && options.conversation().unreadCount === 0 && setDividerAfter(newestSeq()), { defer: true }),
  );

  // Marked unread by hand, here or elsewhere (N1): the divider goes there, and nothing is read by itself any more until the chat is left.
  const [kept, setKept] = createSignal(false);
  createEffect(
    on(readSeq, (now, before) => {
      if (before === undefined || now === before) return;
      setKept(now < before);
      if (now < before) setDividerAfter(now);
    }),
  );

  // Seen up to here: while at the end everything, else what was there when the reader left the end.
  const [seenSeq, setSeenSeq] = createSignal(0);
  createEffect(() => {
    if (options.atEnd() && options.looking()) setSeenSeq(newestSeq());
  });
  createEffect(() => {
    if (!options.atEnd() || !options.looking() || kept()) return;
    if (newestSeq() > untrack(readSeq)) client.markRead(untrack(options.conversation).id, newestSeq());
  });

  const fresh = createMemo(() => options.messages().filter((message) => message.seq > seenSeq() && message.author.id !== me().id).length);
  return { dividerAfter, fresh };
}
