import type { Conversation } from '@koreromai/contract';
import { useNavigate } from '@solidjs/router';
import LogOut from 'lucide-solid/icons/log-out';
import { createSignal } from 'solid-js';
import { successorOf, titleOf } from '../conversations/naming.ts';
import { useClient, useMe } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { toast } from '../ui/toast.tsx';

export function LeaveGroup(props: { conversation: Conversation }) {
  const client = useClient();
  const me = useMe();
  const navigate = useNavigate();
  const [asking, setAsking] = createSignal(false);
  const [refuse, setRefuse] = createSignal(false);
  const title = () => titleOf(props.conversation, me().id);
  const consequence = () => {
    const lost = 'You will not see what is written afterwards, and the chat leaves your list.';
    if (props.conversation.myRole !== 'owner') return lost;
    const next = successorOf(props.conversation, me().id);
    return next === null
      ? `${lost} Nobody else is in it, so it will be closed.`
      : `${lost} You own this group: ${next.name} becomes its owner.`;
  };
  const leave = async () => {
    const left = title();
    await client.leave(props.conversation.id, refuse() ? 'group' : undefined);
    navigate('/', { replace: true });
    toast(`You left ${left}.`);
  };
  return (
    <>
      <Button look="quiet" class="button-leave" onClick={() => setAsking(true)}>
        <LogOut size={18} aria-hidden="true" />
        Leave group
      </Button>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title={`Leave ${title()}?`}
        description={consequence()}
        verb="Leave"
        onConfirm={leave}
      >
        <label class="setting">
          <input type="checkbox" checked={refuse()} onChange={(event) => setRefuse(event.currentTarget.checked)} />
          <span class="setting-text">
            Don’t let them add me again
            <small>Nobody is told. You can allow it again in your settings, under Privacy.</small>
          </span>
        </label>
      </Confirm>
    </>
  );
}
