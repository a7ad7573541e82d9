import type { Timeline } from '@koreromai/client';
import type { Conversation } from '@koreromai/contract';
import LoaderCircle from 'lucide-solid/icons/loader-circle';
import { Match, Switch } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { RowSkeleton } from '../ui/skeleton.tsx';

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
              <p>{error().message}</p>
              <Button onClick={again}>Try again</Button>
            </div>
          )}
        </Match>
        <Match when={props.timeline === undefined || (props.timeline.loading && empty())}>
          <RowSkeleton rows={5} label="Loading messages" />
        </Match>
        <Match when={props.timeline?.complete && props.reached}>
          <p class="edge-start">{props.blank ? 'Nothing said yet. Write the first message.' : 'This is where the chat begins for you.'}</p>
        </Match>
        <Match when={true}>
          <div class="edge-more">
            <LoaderCircle class="spin" size={20} aria-hidden="true" />
            <span class="quiet">Loading older messages</span>
          </div>
        </Match>
      </Switch>
    </div>
  );
}
