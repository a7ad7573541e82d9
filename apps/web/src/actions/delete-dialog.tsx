import type { Message } from '@koreromai/client';
import { useClient } from '../session/session.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { useTalk } from './talk.tsx';

/** UI14: nobody can undo this, so it is asked for. */
export default function DeleteDialog(props: { message: Message | null }) {
  const client = useClient();
  const talk = useTalk();
  return (
    <Confirm
      open={props.message !== null}
      onClose={() => talk.askToDelete(null)}
      title="Delete for everyone?"
      description="Nobody in this chat can read it any more, and it cannot be brought back. To take it away for yourself alone, hide it instead."
      verb="Delete"
      onConfirm={async () => props.message && client.deleteForEveryone(props.message.id)}
    />
  );
}
