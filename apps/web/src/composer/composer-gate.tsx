import type { Conversation } from '@koreromai/contract';
import { A } from '@solidjs/router';
import { Match, type ParentProps, Switch } from 'solid-js';
import { Notice } from '../ui/notice.tsx';
import '../ui/button.css';
import { t } from './words.ts';

/** The composer, or why nothing can be written at the moment (C8). */
export function ComposerGate(props: ParentProps<{ conversation: Conversation }>) {
  return (
    <Switch fallback={props.children}>
      <Match when={props.conversation.state === 'closed'}>
        <div class="composer composer-closed">
          <Notice tone="info">{t('closed')}</Notice>
        </div>
      </Match>
      <Match when={props.conversation.state === 'underfull'}>
        <div class="composer composer-closed">
          <Notice
            tone="info"
            action={
              <A class="button button-quiet" href={`/c/${props.conversation.id}/details`}>
                {t('seeDetails')}
              </A>
            }
          >
            {t('underfull')}
          </Notice>
        </div>
      </Match>
    </Switch>
  );
}
