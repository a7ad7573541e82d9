import type { Conversation } from '@koreromai/contract';
import { Show } from 'solid-js';
import { useMe } from '../session/session.tsx';
import { Incoming } from './incoming.tsx';
import { Outgoing } from './outgoing.tsx';
import './integrations.css';
import { t } from './words.ts';

/** Which other systems write in a chat and hear of it: shown to those who say so, as the server decides it. */
export function Webhooks(props: { conversation: Conversation }) {
  const me = useMe();
  const tends = () => {
    const { kind, myRole, state } = props.conversation;
    return (
      state !== 'closed' && kind !== 'direct' && (myRole === 'owner' || myRole === 'admin' || (kind === 'room' && me().role !== 'user'))
    );
  };
  return (
    <Show when={tends()}>
      <section class="details-part" aria-labelledby="webhooks-title">
        <h3 id="webhooks-title">{t('webhooks')}</h3>
        <Incoming conversationId={props.conversation.id} />
        <Outgoing conversationId={props.conversation.id} />
      </section>
    </Show>
  );
}
