import { Navigate, useLocation } from '@solidjs/router';
import { Match, type ParentProps, Switch } from 'solid-js';
import { Mark } from '../ui/brand.tsx';
import { Delayed } from '../ui/delayed.tsx';
import { QUIET_FOR } from './connection-phase.ts';
import { signInPath } from './return-path.ts';
import { useState } from './session.tsx';
import './require-session.css';
import { t } from './words.ts';

/** Shows its children to people who are signed in, and leads everybody else to the door and back. */
export function RequireSession(props: ParentProps) {
  const me = useState((state) => state.me);
  const connection = useState((state) => state.connection);
  const door = () => {
    const now = connection();
    if (now.status !== 'signedOut') return undefined;
    return now.reason === 'chosen' ? '/sign-in' : signInPath(location.pathname + location.search);
  };
  const location = useLocation();
  return (
    <Switch fallback={<Starting />}>
      <Match when={door()}>{(path) => <Navigate href={path()} />}</Match>
      <Match when={me() !== null}>{props.children}</Match>
    </Switch>
  );
}

function Starting() {
  return (
    <main class="starting">
      <h1 class="quiet">KoreroMai</h1>
      <Delayed>
        <div class="starting-mark">
          <Mark size={56} />
        </div>
        <p class="quiet" role="status">
          {t('loading')}
        </p>
      </Delayed>
      <Delayed by={QUIET_FOR}>
        <p class="starting-text" role="status">
          {t('stillTrying')}
        </p>
      </Delayed>
    </main>
  );
}
