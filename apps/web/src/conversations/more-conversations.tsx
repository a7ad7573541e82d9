import { refusalOf } from '@koreromai/client';
import { createSignal, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { useClient, useState } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { toast } from '../ui/toast.tsx';
import { t } from './words.ts';

/** Older chats come on request: the list is ordered by activity, so they are rarely wanted. */
export function MoreConversations() {
  const client = useClient();
  const more = useState((state) => state.moreConversations);
  const [busy, setBusy] = createSignal(false);
  const load = async () => {
    setBusy(true);
    try {
      await client.loadMoreConversations();
    } catch (error) {
      toast(reasonOf(refusalOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show when={more() !== null}>
      <div class="list-more">
        <Button look="quiet" busy={busy()} onClick={() => void load()}>
          {t('olderChats')}
        </Button>
      </div>
    </Show>
  );
}
