import type { Pending } from '@koreromai/contract';
import X from 'lucide-solid/icons/x';
import { createSignal } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PendingLink } from './pending-link.tsx';

/** One of my own invitations, which I can withdraw. */
export function PendingSeat(props: { pending: Pending }) {
  const client = useClient();
  const [asking, setAsking] = createSignal(false);
  return (
    <PendingLink
      pending={props.pending}
      action={
        <>
          <IconButton label={`Withdraw the invitation of ${props.pending.email}`} onClick={() => setAsking(true)}>
            <X size={18} aria-hidden="true" />
          </IconButton>
          <Confirm
            open={asking()}
            onClose={() => setAsking(false)}
            title="Withdraw this invitation?"
            description={`The link for ${props.pending.email} stops working and the seat is free again.`}
            verb="Withdraw"
            onConfirm={() => client.revokeInvitation(props.pending.id)}
          />
        </>
      }
    />
  );
}
