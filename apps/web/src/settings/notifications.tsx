import { createEffect, createSignal, on, Show } from 'solid-js';
import { language } from '../language/words.ts';
import { type PushState, pushState, turnPushOff, turnPushOn } from '../offline/push.ts';
import { useClient, useMe } from '../session/session.tsx';
import { Notice } from '../ui/notice.tsx';
import { t } from './words.ts';

/** Whether this device is told while nobody is here (UI28). How much is said there follows the choice for mails (N3). */
export function Notifications() {
  return (
    <section class="settings-part" aria-labelledby="notifications-title">
      <h2 id="notifications-title">{t('notifications')}</h2>
      <ThisDevice />
    </section>
  );
}

/** The browser asks its question when the box is ticked, and never before. */
function ThisDevice() {
  const { api } = useClient();
  const me = useMe();
  const [state, setState] = createSignal<PushState>();
  const [failed, setFailed] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const follow = async (next: Promise<PushState>) => {
    setBusy(true);
    setFailed(false);
    try {
      setState(await next);
    } catch {
      setState('off');
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  createEffect(on([() => me().id, language], ([id]) => void follow(pushState(api, id))));
  const hint = () => {
    const now = state();
    return now === 'unsupported' ? t('tellHereUnsupported') : now === 'denied' ? t('tellHereDenied') : t('tellHereHint');
  };
  return (
    <>
      <label class="setting">
        <input
          type="checkbox"
          checked={state() === 'on'}
          disabled={busy() || state() === undefined || state() === 'unsupported' || state() === 'denied'}
          onChange={(event) => {
            const box = event.currentTarget;
            void follow(box.checked ? turnPushOn(api, me().id) : turnPushOff(api)).then(() => {
              box.checked = state() === 'on';
            });
          }}
        />
        <span class="setting-text">
          {t('tellHere')}
          <small>{hint()}</small>
        </span>
      </label>
      <Show when={failed()}>
        <Notice tone="error">{t('tellHereFailed')}</Notice>
      </Show>
    </>
  );
}
