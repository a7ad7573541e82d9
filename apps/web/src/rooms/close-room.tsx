import type { Room } from '@koreromai/contract';
import { useNavigate } from '@solidjs/router';
import { createSignal } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { toast } from '../ui/toast.tsx';
import { t } from './words.ts';

export function CloseRoom(props: { room: Room }) {
  const client = useClient();
  const navigate = useNavigate();
  const [asking, setAsking] = createSignal(false);
  const close = async () => {
    const { name } = props.room;
    await client.api.rooms.close.mutate({ roomId: props.room.id });
    navigate('/rooms', { replace: true });
    toast(t('closed', name ?? ''));
  };
  return (
    <>
      <Button look="quiet" class="button-leave" onClick={() => setAsking(true)}>
        {t('closeRoom')}
      </Button>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title={t('closeAsked', props.room.name ?? '')}
        description={t('closeHint')}
        verb={t('closeVerb')}
        onConfirm={close}
      />
    </>
  );
}
