import type { Room } from '@koreromai/contract';
import { useNavigate } from '@solidjs/router';
import { createSignal } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { toast } from '../ui/toast.tsx';

export function CloseRoom(props: { room: Room }) {
  const client = useClient();
  const navigate = useNavigate();
  const [asking, setAsking] = createSignal(false);
  const close = async () => {
    const { name } = props.room;
    await client.api.rooms.close.mutate({ roomId: props.room.id });
    navigate('/rooms', { replace: true });
    toast(`${name} is closed.`);
  };
  return (
    <>
      <Button look="quiet" class="button-leave" onClick={() => setAsking(true)}>
        Close the room
      </Button>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title={`Close ${props.room.name}?`}
        description="Nobody can read or write in it any more. This cannot be undone; its name is free again."
        verb="Close for everyone"
        onConfirm={close}
      />
    </>
  );
}
