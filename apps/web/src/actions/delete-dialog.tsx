import type { Message } from '@koreromai/client';
import { useClient } from '../session/session.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { useTalk } from './talk.tsx';
import { t } from './words.ts';

/** UI14: nobody can undo this, so it is asked for. */
export default function DeleteDialog(props: { message: Message | null }) {
  const client = useClient();
  const talk = useTalk();
  return (
    <Confirm
      open={props.message !== null}
      onClose={() => talk.askToDelete(null)}
      title={t('deleteAsked')}
      description={t('deleteHint')}
      verb={t('deleteVerb')}
      onConfirm={async () => props.message && client.deleteForEveryone(props.message.id)}
    />
  );
}
