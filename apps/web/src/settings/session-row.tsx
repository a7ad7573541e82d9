import type { Session } from '@koreromai/contract';
import Monitor from 'lucide-solid/icons/monitor';
import Smartphone from 'lucide-solid/icons/smartphone';
import { createSignal, Show } from 'solid-js';
import { makeCalendar } from '../timeline/calendar.ts';
import { Button } from '../ui/button.tsx';
import { deviceName } from './device.ts';
import '../people/person-line.css';
import { t } from './words.ts';

export function SessionRow(props: { session: Session; now: number; onRevoke: () => Promise<void> }) {
  const calendar = makeCalendar(undefined);
  const [busy, setBusy] = createSignal(false);
  const name = () => deviceName(props.session.userAgent);
  const revoke = async () => {
    setBusy(true);
    await props.onRevoke();
    setBusy(false);
  };
  return (
    <li class="session">
      <span class="session-icon" aria-hidden="true">
        <Show when={/iPhone|Android|Mobile/.test(props.session.userAgent)} fallback={<Monitor size={20} />}>
          <Smartphone size={20} />
        </Show>
      </span>
      <span class="member-names">
        <span class="member-name">{name()}</span>
        <span class="member-handle">
          <Show when={!props.session.current} fallback={t('thisDeviceNow')}>
            {t('lastSeen')} <time datetime={props.session.lastSeenAt}>{calendar.brief(props.session.lastSeenAt, props.now)}</time>
          </Show>
        </span>
      </span>
      <Show when={!props.session.current} fallback={<span class="tag">{t('thisDevice')}</span>}>
        <Button look="quiet" busy={busy()} aria-label={t('signOutOf', name())} onClick={() => void revoke()}>
          {t('signOut')}
        </Button>
      </Show>
    </li>
  );
}
