import type { Conversation } from '@koreromai/contract';
import { useNavigate } from '@solidjs/router';
import LogOut from 'lucide-solid/icons/log-out';
import { createSignal } from 'solid-js';
import { successorOf, titleOf } from '../conversations/naming.ts';
import { useClient, useMe } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { toast } from '../ui/toast.tsx';
import { t } from './words.ts';

export function LeaveGroup(props: { conversation: Conversation }) {
  const client = useClient();
  const me = useMe();
  const navigate = useNavigate();
  const [asking, setAsking] = createSignal(false);
  const [refuse, setRefuse] = createSignal(false);
  const title = () => titleOf(props.conversation, me().id);
  const consequence = () => {
    const lost = t('leaveHint');
    if (props.conversation.myRole !== 'owner') return lost;
    const next = successorOf(props.conversation, me().id);
    return next === null ? `${lost} ${t('leaveLast')}` : `${lost} ${t('leaveSuccessor', next.name)}`;
  };
  const leave = async () => {
    const left = title();
    await client.leave(props.conversation.id, refuse() ? 'group' : undefined);
    navigate('/', { replace: true });
    toast(t('left', left));
  };
  return (
    <>
      <Button look="quiet" class="button-leave" onClick={() => setAsking(true)}>
        <LogOut size={18} aria-hidden="true" />
        {t('leaveGroup')}
      </Button>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title={t('leaveAsked', title())}
        description={consequence()}
        verb={t('leave')}
        onConfirm={leave}
      >
        <label class="setting">
          <input type="checkbox" checked={refuse()} onChange={(event) => setRefuse(event.currentTarget.checked)} />
          <span class="setting-text">
            {t('refuseAgain')}
            <small>{t('refuseAgainHint')}</small>
          </span>
        </label>
      </Confirm>
    </>
  );
}
