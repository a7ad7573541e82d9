import type { Conversation } from '@koreromai/contract';
import { A, useLocation } from '@solidjs/router';
import ArrowLeft from 'lucide-solid/icons/arrow-left';
import Info from 'lucide-solid/icons/info';
import { Composer } from '../composer/composer.tsx';
import { ComposerGate } from '../composer/composer-gate.tsx';
import { ConversationAvatar } from '../conversations/conversation-avatar.tsx';
import { subtitleOf, titleOf } from '../conversations/naming.ts';
import { chatHref } from '../conversations/paths.ts';
import { useClient, useMe } from '../session/session.tsx';
import { createMedia } from '../ui/viewport.ts';
import { Timeline } from './timeline.tsx';
import './chat.css';
import '../ui/icon-button.css';

export function Chat(props: { conversation: Conversation }) {
  const client = useClient();
  const me = useMe();
  const finePointer = createMedia('(pointer: fine)');
  const title = () => titleOf(props.conversation, me().id);
  let toEnd = () => {};
  const send = (text: string) => {
    client.send(props.conversation.id, text);
    toEnd();
  };
  return (
    <>
      <ChatHead conversation={props.conversation} title={title()} />
      <Timeline
        conversation={props.conversation}
        ref={(jump) => {
          toEnd = jump;
        }}
      />
      <ComposerGate conversation={props.conversation}>
        <Composer conversationId={props.conversation.id} title={title()} onSend={send} focusAtOnce={finePointer()} />
      </ComposerGate>
    </>
  );
}

function ChatHead(props: { conversation: Conversation; title: string }) {
  const me = useMe();
  const location = useLocation();
  const detailed = () => location.pathname.endsWith('/details');
  return (
    <header class="page-head">
      <A href="/" class="icon-button only-narrow" aria-label="Back to chats">
        <ArrowLeft size={22} aria-hidden="true" />
      </A>
      <div class="chat-who">
        <ConversationAvatar conversation={props.conversation} meId={me().id} size="small" />
        <div class="chat-names">
          <h1 class="chat-title">
            <bdi>{props.title}</bdi>
          </h1>
          <p class="chat-sub">{subtitleOf(props.conversation)}</p>
        </div>
      </div>
      <A
        href={chatHref(props.conversation.id, !detailed())}
        replace={detailed()}
        class="icon-button"
        aria-label={detailed() ? 'Hide details' : 'Show details'}
        title="Details"
        data-details-toggle
      >
        <Info size={21} aria-hidden="true" />
      </A>
    </header>
  );
}
