import type { Timeline } from '@koreromai/client';
import type { Conversation } from '@koreromai/contract';
import LoaderCircle from 'lucide-solid/icons/loader-circle';
import { Match, Switch } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { RowSkeleton } from '../ui/skeleton.tsx';
import { t } from './words.ts';

/** What stands above the oldest message: more to come, a failure, or the beginning. */
export function HistoryEdge(props: { timeline: Timeline | undefined; conversation: Conversation; reached: boolean; blank: boolean }) {
  const client = useClient();
  const empty = () => (props.timeline?.messages.length ?? 0) === 0;
  const again = () => {
    if (empty())
      void client.openConversation(props.conversation.id).catch(() => undefined); // the reason is in timeline.error
    else void client.loadOlder(props.conversation.id);
  };
  return (
    <div class="edge">
      <Switch>
        <Match when={props.timeline?.error}>
          {(error) => (
            <div class="edge-error" role="alert">
              <p>{reasonOf(error())}</p>
              <Button onClick={again}>{t('tryAgain')}</Button>
            </div>
          )}
        </Match>
        <Match when={props.timeline === undefined || (props.timeline.loading && empty())}>
          <RowSkeleton rows={5} label={t('loadingMessages')} />
        </Match>
        <Match when={props.timeline?.complete && props.reached}>
          <p class="edge-start">{props.blank ? t('nothingSaid') : t('beginning')}</p>
        </Match>
        <Match when={true}>
          <div class="edge-more">
            <LoaderCircle class="spin" size={20} aria-hidden="true" />
            <span class="quiet">{t('loadingOlder')}</span>
          </div>
        </Match>
      </Switch>
    </div>
  );
}
