import type { Conversation } from '@koreromai/contract';
import { A } from '@solidjs/router';
import { Match, type ParentProps, Switch } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { createAsked } from '../ui/asked.ts';
import { Button } from '../ui/button.tsx';
import { createCommand } from '../ui/command.ts';
import { Notice } from '../ui/notice.tsx';
import '../ui/button.css';
import { t } from './words.ts';

/** The composer, or why nothing can be written at the moment (C8). */
export function ComposerGate(props: ParentProps<{ conversation: Conversation }>) {
  const join = createJoining(props);
  return (
    <Switch fallback={props.children}>
      <Match when={props.conversation.state === 'closed'}>
        <div class="composer composer-closed">
          <Notice tone="info">{t('closed')}</Notice>
        </div>
      </Match>
      <Match when={join.needed()}>
        <div class="composer composer-closed">
          <Notice
            tone="info"
            action={
              <Button look="primary" busy={join.busy()} onClick={() => void join.run()}>
                {t('join')}
              </Button>
            }
          >
            {t('joinFirst')}
          </Notice>
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

/** H1: a room that I only look into may want to be joined first. Its rules tell; a chat itself does not. */
function createJoining(props: { conversation: Conversation }) {
  const { rooms } = useClient().api;
  const visited = () => (props.conversation.kind === 'room' && props.conversation.myRole === null ? props.conversation.id : null);
  const room = createAsked(visited, (roomId) => (roomId === null ? Promise.resolve(null) : rooms.get.query({ roomId })));
  const { busy, run } = createCommand(() => rooms.follow.mutate({ roomId: props.conversation.id }));
  return { busy, run, needed: () => visited() !== null && room.value()?.history === 'fromJoin' };
}
