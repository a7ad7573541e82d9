import { refusalOf } from '@koreromai/client';
import { createSignal } from 'solid-js';
import { useDrafts } from '../composer/drafts.tsx';
import { reasonOf } from '../language/refusals.ts';
import { forgetPush } from '../offline/push.ts';
import { toast } from '../ui/toast.tsx';
import { useClient } from './session.tsx';

/** Ends the session and takes the drafts with it: the next person at this machine finds no words of this one. */
export function createSignOut() {
  const client = useClient();
  const drafts = useDrafts();
  const [busy, setBusy] = createSignal(false);
  const signOut = async () => {
    setBusy(true);
    try {
      await client.signOut();
      await forgetPush().catch(() => undefined); // the server has forgotten it with the session
      await drafts.forget();
    } catch (error) {
      toast(reasonOf(refusalOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return { busy, signOut };
}
