import type { Pending } from '@koreromai/contract';
import X from 'lucide-solid/icons/x';
import { createSignal } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PendingLink } from './pending-link.tsx';
import { t } from './words.ts';

/** One of my own invitations, which I can withdraw. */
export function PendingSeat(props: { pending: Pending }) {
  const client = useClient();
  const [asking, setAsking] = createSignal(false);
  return (
    <PendingLink
      pending={props.pending}
      action={
        <>
          <IconButton label={t('withdrawOf', props.pending.email)} onClick={() => setAsking(true)}>
            <X size={18} aria-hidden="true" />
          </IconButton>
          <Confirm
            open={asking()}
            onClose={() => setAsking(false)}
            title={t('withdrawAsked')}
            description={t('withdrawHint', props.pending.email)}
            verb={t('withdraw')}
            onConfirm={() => client.revokeInvitation(props.pending.id)}
          />
        </>
      }
    />
  );
}
