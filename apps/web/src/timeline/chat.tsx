import type { Enclosed } from '@koreromai/client';
import type { Conversation } from '@koreromai/contract';
import { A, useLocation } from '@solidjs/router';
import ArrowLeft from 'lucide-solid/icons/arrow-left';
import Info from 'lucide-solid/icons/info';
import { onMount, Show } from 'solid-js';
import { Overlays } from '../actions/overlays.tsx';
import { createTalk, TalkProvider } from '../actions/talk.tsx';
import { Composer } from '../composer/composer.tsx';
import { ComposerGate } from '../composer/composer-gate.tsx';
import { ConversationAvatar } from '../conversations/conversation-avatar.tsx';
import { othersIn, subtitleOf, titleOf } from '../conversations/naming.ts';
import { chatHref } from '../conversations/paths.ts';
import { PresenceDot } from '../people/presence.tsx';
import { useClient, useMe } from '../session/session.tsx';
import { createMedia } from '../ui/viewport.ts';
import { usePermalink } from './permalink.ts';
import { RoomCount } from './room-count.tsx';
import { Timeline } from './timeline.tsx';
import { TypingLine } from './typing-line.tsx';
import './chat.css';
import '../ui/icon-button.css';
import { t } from './words.ts';

export function Chat(props: { conversation: Conversation }) {
  const client = useClient();
  const me = useMe();
  const finePointer = createMedia('(pointer: fine)');
  const title = () => titleOf(props.conversation, me().id);
  const talk = createTalk();
  let toEnd = () => {};
  onMount(() => props.conversation.kind !== 'room' && void client.loadReadBy(props.conversation.id).catch(() => undefined)); // no marks is no harm
  usePermalink(props.conversation.id, talk);
  const send = (text: string, enclosed: Enclosed) => {
    client.send(props.conversation.id, text, enclosed);
    toEnd();
  };
  return (
    <TalkProvider talk={talk}>
      <ChatHead conversation={props.conversation} title={title()} />
      <Timeline
        conversation={props.conversation}
        ref={(jump) => {
          toEnd = jump;
        }}
      />
      <TypingLine conversation={props.conversation} />
      <ComposerGate conversation={props.conversation}>
        <Composer conversationId={props.conversation.id} title={title()} onSend={send} focusAtOnce={finePointer()} />
      </ComposerGate>
      <Overlays conversation={props.conversation} />
    </TalkProvider>
  );
}

function ChatHead(props: { conversation: Conversation; title: string }) {
  const me = useMe();
  const location = useLocation();
  const companion = () => (props.conversation.kind === 'direct' ? othersIn(props.conversation, me().id)[0]?.id : undefined);
  const detailed = () => location.pathname.endsWith('/details');
  return (
    <header class="page-head">
      <A href="/" class="icon-button only-narrow" aria-label={t('backToChats')}>
        <ArrowLeft size={22} aria-hidden="true" />
      </A>
      <div class="chat-who">
        <ConversationAvatar conversation={props.conversation} meId={me().id} size="small" />
        <div class="chat-names">
          <h1 class="chat-title">
            <bdi>{props.title}</bdi>
          </h1>
          <p class="chat-sub">
            <Show when={companion()}>{(userId) => <PresenceDot userId={userId()} />}</Show>
            {subtitleOf(props.conversation)}
            <Show when={props.conversation.kind === 'room'}>
              <RoomCount roomId={props.conversation.id} myRole={props.conversation.myRole} />
            </Show>
          </p>
        </div>
      </div>
      <A
        href={chatHref(props.conversation.id, !detailed())}
        replace={detailed()}
        class="icon-button"
        aria-label={detailed() ? t('hideDetails') : t('showDetails')}
        title={t('details')}
        data-details-toggle
      >
        <Info size={21} aria-hidden="true" />
      </A>
    </header>
  );
}
