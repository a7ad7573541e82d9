import type { Conversation } from '@koreromai/contract';
import { A } from '@solidjs/router';
import { Match, type ParentProps, Switch } from 'solid-js';
import { Notice } from '../ui/notice.tsx';
import '../ui/button.css';

/** The composer, or why nothing can be written at the moment (C8). */
export function ComposerGate(props: ParentProps<{ conversation: Conversation }>) {
  return (
    <Switch fallback={props.children}>
      <Match when={props.conversation.state === 'closed'}>
        <div class="composer composer-closed">
          <Notice tone="info">This chat has been closed. You can still read it.</Notice>
        </div>
      </Match>
      <Match when={props.conversation.state === 'underfull'}>
        <div class="composer composer-closed">
          <Notice
            tone="info"
            action={
              <A class="button button-quiet" href={`/c/${props.conversation.id}/details`}>
                See details
              </A>
            }
          >
            Nobody else is here at the moment. You can write as soon as somebody joins.
          </Notice>
        </div>
      </Match>
    </Switch>
  );
}
