import { type Refused, refusalOf } from '@koreromai/client';
import type { RouteSectionProps } from '@solidjs/router';
import { A, Navigate } from '@solidjs/router';
import { createEffect, createSignal, Match, on, onMount, Show, Switch } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { useClient, useConversation } from '../session/session.tsx';
import { Blank } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { RowSkeleton } from '../ui/skeleton.tsx';
import { Chat } from './chat.tsx';
import { t } from './words.ts';

/** /c/:id – the chat, and beside it whatever its child route shows. */
export default function ChatPage(props: RouteSectionProps) {
  return (
    <>
      <main class="main-pane pane" id="main" tabindex="-1" data-landmark>
        <Show when={props.params.id} keyed>
          {(id) => <OpenChat id={id} />}
        </Show>
      </main>
      {props.children}
    </>
  );
}

function OpenChat(props: { id: string }) {
  const client = useClient();
  const conversation = useConversation(() => props.id);
  const [refused, setRefused] = createSignal<Refused>();
  const open = async () => {
    setRefused(undefined);
    try {
      await client.openConversation(props.id);
      // Taken away while it was being opened: only a new question tells why.
      if (client.store.get().conversations[props.id] === undefined) await client.openConversation(props.id);
    } catch (error) {
      setRefused(refusalOf(error));
    }
  };
  onMount(() => void open());
  // It was here and is not any more: left on another device, removed by its owner, or a room that closed its door. The server says which.
  const [held, setHeld] = createSignal(false);
  createEffect(
    on(
      () => conversation() !== undefined,
      (here) => {
        if (here) setHeld(true);
        if (here ? refused() !== undefined : held()) void open(); // here again: somebody let me in
      },
    ),
  );
  const unknown = () => (refused()?.retryable === false ? refused() : undefined);
  return (
    <Switch
      fallback={
        <div class="page-scroll">
          <h1 class="quiet">{t('chat')}</h1>
          <RowSkeleton rows={6} label={t('loadingChat')} />
        </div>
      }
    >
      <Match when={refused()?.code === 'ROOM_ACCESS_DENIED'}>
        <Navigate href={`/rooms/${props.id}`} />
      </Match>
      <Match when={unknown()}>
        {(reason) => (
          <Blank
            heading="h1"
            title={held() ? t('noLongerHere') : t('noChat')}
            action={
              <A href="/" class="button button-outline">
                {t('allChats')}
              </A>
            }
          >
            <p>{held() ? t('noLongerHereWhy') : reasonOf(reason())}</p>
          </Blank>
        )}
      </Match>
      <Match when={conversation()}>{(found) => <Chat conversation={found()} />}</Match>
      <Match when={refused()}>
        {(reason) => (
          <Blank heading="h1" title={t('chatFailed')} action={<Button onClick={() => void open()}>{t('tryAgain')}</Button>}>
            <p>{reasonOf(reason())}</p>
          </Blank>
        )}
      </Match>
    </Switch>
  );
}
