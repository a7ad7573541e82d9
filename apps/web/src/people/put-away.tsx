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

/** Out of my list, empty for me alone, or closed for everyone: three verbs that are never mixed up (D-del3, D-del4). */
export function PutAway(props: { conversation: Conversation }) {
  const client = useClient();
  const navigate = useNavigate();
  const [clearing, setClearing] = createSignal(false);
  const [closing, setClosing] = createSignal(false);
  const chat = () => ({ conversationId: props.conversation.id });
  const hiding = createCommand(async () => {
    await client.api.conversations.hide.mutate(chat());
    navigate('/', { replace: true });
    toast('It comes back when somebody writes in it.');
  });
  const clear = async () => {
    await client.api.conversations.clear.mutate(chat());
    navigate('/', { replace: true });
    toast('The chat is empty for you. The others keep what was said.');
  };
  const close = async () => {
    await client.api.conversations.close.mutate(chat());
    navigate('/', { replace: true });
    toast('The group is closed.');
  };
  return (
    <section class="details-part details-verbs" aria-label="Put this chat away">
      <Button look="quiet" busy={hiding.busy()} onClick={() => void hiding.run()}>
        <EyeOff size={18} aria-hidden="true" />
        Hide from my list
      </Button>
      <Button look="quiet" onClick={() => setClearing(true)}>
        <Eraser size={18} aria-hidden="true" />
        Clear for me
      </Button>
      <Confirm
        open={clearing()}
        onClose={() => setClearing(false)}
        title="Clear this chat for you?"
        description="Everything said so far disappears on your side and cannot be brought back. The others keep it."
        verb="Clear"
        onConfirm={clear}
      />
      <Show when={props.conversation.kind === 'group' && props.conversation.myRole === 'owner'}>
        <Button look="quiet" class="button-leave" onClick={() => setClosing(true)}>
          <CircleX size={18} aria-hidden="true" />
          Close for everyone
        </Button>
        <Confirm
          open={closing()}
          onClose={() => setClosing(false)}
          title="Close this group for everyone?"
          description="Nobody can read or write in it any more. This cannot be undone."
          verb="Close the group"
          onConfirm={close}
        />
      </Show>
    </section>
  );
}
