import RefreshCw from 'lucide-solid/icons/refresh-cw';
import WifiOff from 'lucide-solid/icons/wifi-off';
import { Match, Switch } from 'solid-js';
import { createConnectionPhase } from './connection-phase.ts';
import { useClient, useState } from './session.tsx';
import './connection-bar.css';
import { t } from './words.ts';

/** The live region stands always, so that a screen reader hears its text change. */
export function ConnectionBar() {
  const client = useClient();
  const phase = createConnectionPhase(useState((state) => state.connection));
  return (
    <div role="status" class="connection" data-testid="connection">
      <Switch>
        <Match when={phase() === 'reconnecting'}>
          <div class="connection-bar">
            <RefreshCw class="spin" size={16} aria-hidden="true" />
            {t('reconnecting')}
          </div>
        </Match>
        <Match when={phase() === 'offline'}>
          <div class="connection-bar">
            <WifiOff size={16} aria-hidden="true" />
            <span>{t('offline')}</span>
            <button type="button" class="connection-try" onClick={() => client.wake()}>
              {t('tryNow')}
            </button>
          </div>
        </Match>
      </Switch>
    </div>
  );
}
