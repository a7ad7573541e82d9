import { conversationsByActivity } from '@koreromai/client';
import { A, useLocation } from '@solidjs/router';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import MessageCircle from 'lucide-solid/icons/message-circle';
import { createMemo, createSignal, lazy, Show, Suspense, untrack } from 'solid-js';
import { useDrafts } from '../composer/drafts.tsx';
import { askPresence } from '../people/presence.tsx';
import { useClient, useMe, useState } from '../session/session.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { Blank } from '../ui/blank.tsx';
import { createNow } from '../ui/clock.ts';
import { Keyed } from '../ui/keyed.tsx';
import { type Spot, spotOf } from '../ui/spot.ts';
import { createMedia } from '../ui/viewport.ts';
import { ConversationRow } from './conversation-row.tsx';
import { createListGestures } from './list-gestures.ts';
import { listStep } from './list-keys.ts';
import { MoreConversations } from './more-conversations.tsx';
import { othersIn, titleOf } from './naming.ts';
import { chatHref, currentChat } from './paths.ts';
import '../ui/button.css';
import { t } from './words.ts';

const ChatMenu = lazy(() => import('./chat-menu.tsx'));

export function ConversationList() {
  const client = useClient();
  const me = useMe();
  const drafts = useDrafts();
  const location = useLocation();
  const now = createNow();
  const calendar = makeCalendar(undefined);
  const wide = createMedia('(min-width: 75rem)');
  const held = useState((state) => state.conversations);
  const outbox = useState((state) => state.outbox);
  const ordered = createMemo(() => {
    held(); // the order depends on nothing else of the state
    return conversationsByActivity(untrack(() => client.store.get()));
  });
  askPresence(() => ordered().flatMap((chat) => (chat.kind === 'direct' ? othersIn(chat, me().id).map((user) => user.id) : [])));
  const current = createMemo(() => currentChat(location.pathname));
  const [focused, setFocused] = createSignal<string>();
  const reachable = () => ordered().find((each) => each.id === (focused() ?? current()))?.id ?? ordered()[0]?.id;
  const unsent = (id: string) => {
    const waiting = outbox().filter((entry) => entry.conversationId === id && entry.status !== 'sending');
    return waiting.find((entry) => entry.status === 'failed')?.status ?? waiting[0]?.status;
  };

  const [menu, openMenu] = createSignal<{ readonly id: string; readonly spot: Spot } | null>(null);
  const { keyed, ...gestures } = createListGestures((id, spot) => openMenu({ id, spot }));

  let list: HTMLUListElement | undefined;
  const move = (event: KeyboardEvent) => {
    if (keyed(event)) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = ordered().findIndex((each) => each.id === reachable());
    const step = listStep(event.key, at, ordered().length);
    const id = step === null ? undefined : ordered()[step]?.id;
    if (id === undefined) return;
    event.preventDefault();
    setFocused(id);
    list?.querySelector<HTMLElement>(`[data-conversation="${id}"]`)?.focus();
  };

  return (
    <div class="list-scroll">
      <Show when={ordered().length > 0} fallback={<FirstRun name={me().name} />}>
        <ul
          ref={list}
          class="list"
          {...gestures}
          onKeyDown={move}
          onFocusOut={(event) => !list?.contains(asNode(event.relatedTarget)) && setFocused(undefined)}
        >
          <Keyed each={ordered()} by={(each) => each.id}>
            {(conversation) => (
              <li>
                <ConversationRow
                  conversation={conversation()}
                  meId={me().id}
                  href={chatHref(conversation().id, wide() && location.pathname.endsWith('/details'))}
                  current={conversation().id === current()}
                  reachable={conversation().id === reachable()}
                  draft={drafts.get(conversation().id)}
                  unsent={unsent(conversation().id)}
                  calendar={calendar}
                  now={now()}
                />
                <button
                  type="button"
                  class="row-more"
                  tabindex={conversation().id === reachable() ? 0 : -1}
                  aria-label={t('chatMenuOf', titleOf(conversation(), me().id))}
                  aria-haspopup="menu"
                  onClick={({ currentTarget: button }) =>
                    openMenu({ id: conversation().id, spot: spotOf(button, button.parentElement?.querySelector('a')) })
                  }
                >
                  <Ellipsis size={18} aria-hidden="true" />
                </button>
              </li>
            )}
          </Keyed>
        </ul>
        <MoreConversations />
        <Suspense>
          <Show when={menu()} keyed>
            {({ id, spot }) => (
              <Show when={held()[id]}>
                {(conversation) => <ChatMenu conversation={conversation()} spot={spot} now={now()} onClose={() => openMenu(null)} />}
              </Show>
            )}
          </Show>
        </Suspense>
      </Show>
    </div>
  );
}

const asNode = (target: EventTarget | null) => (target instanceof Node ? target : null);

function FirstRun(props: { name: string }) {
  return (
    <Blank
      icon={<MessageCircle size={28} />}
      title={t('noChats')}
      action={
        <A href="/new" class="button button-primary">
          {t('startChat')}
        </A>
      }
    >
      <p>
        {t('kiaOra')} <bdi>{props.name}</bdi>. {t('firstRun')}
      </p>
    </Blank>
  );
}
