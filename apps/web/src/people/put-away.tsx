import type { Conversation } from '@koreromai/contract';
import { useNavigate } from '@solidjs/router';
import CircleX from 'lucide-solid/icons/circle-x';
import Eraser from 'lucide-solid/icons/eraser';
import EyeOff from 'lucide-solid/icons/eye-off';
import { createSignal, Show } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { createCommand } from '../ui/command.ts';
import { Confirm } from '../ui/confirm.tsx';
import { toast } from '../ui/toast.tsx';
import { hideChat } from './chat-verbs.ts';
import { t } from './words.ts';

/** Out of my list, empty for me alone, or closed for everyone: three verbs that are never mixed up (D-del3, D-del4). */
export function PutAway(props: { conversation: Conversation }) {
  const client = useClient();
  const navigate = useNavigate();
  const [clearing, setClearing] = createSignal(false);
  const [closing, setClosing] = createSignal(false);
  const chat = () => ({ conversationId: props.conversation.id });
  const hiding = createCommand(async () => {
    await hideChat(client, props.conversation.id);
    navigate('/', { replace: true });
  });
  const clear = async () => {
    await client.api.conversations.clear.mutate(chat());
    navigate('/', { replace: true });
    toast(t('cleared'));
  };
  const close = async () => {
    await client.api.conversations.close.mutate(chat());
    navigate('/', { replace: true });
    toast(t('closed'));
  };
  return (
    <section class="details-part details-verbs" aria-label={t('putAway')}>
      <Button look="quiet" busy={hiding.busy()} onClick={() => void hiding.run()}>
        <EyeOff size={18} aria-hidden="true" />
        {t('hide')}
      </Button>
      <Button look="quiet" onClick={() => setClearing(true)}>
        <Eraser size={18} aria-hidden="true" />
        {t('clear')}
      </Button>
      <Confirm
        open={clearing()}
        onClose={() => setClearing(false)}
        title={t('clearAsked')}
        description={t('clearHint')}
        verb={t('clearVerb')}
        onConfirm={clear}
      />
      <Show when={props.conversation.kind === 'group' && props.conversation.myRole === 'owner'}>
        <Button look="quiet" class="button-leave" onClick={() => setClosing(true)}>
          <CircleX size={18} aria-hidden="true" />
          {t('close')}
        </Button>
        <Confirm
          open={closing()}
          onClose={() => setClosing(false)}
          title={t('closeAsked')}
          description={t('closeHint')}
          verb={t('closeVerb')}
          onConfirm={close}
        />
      </Show>
    </section>
  );
}
