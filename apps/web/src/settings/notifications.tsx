import type { Preferences } from '@koreromai/contract';
import { createEffect, createSignal, on, Show } from 'solid-js';
import { language } from '../language/words.ts';
import { type PushState, pushState, turnPushOff, turnPushOn } from '../offline/push.ts';
import { useClient, useMe } from '../session/session.tsx';
import { Answer } from '../ui/answer.tsx';
import { createAsked } from '../ui/asked.ts';
import { createCommand } from '../ui/command.ts';
import { Notice } from '../ui/notice.tsx';
import { Select } from '../ui/select.tsx';
import { t } from './words.ts';

const levels = [
  { value: 'counts', text: 'sayCounts' },
  { value: 'texts', text: 'sayTexts' },
  { value: 'none', text: 'sayNothing' },
] as const satisfies readonly { value: Preferences['mails']; text: string }[];

/** Whether this device is told while nobody is here, and how much is said outside of the app (UI28, N3). */
export function Notifications() {
  return (
    <section class="settings-part" aria-labelledby="notifications-title">
      <h2 id="notifications-title">{t('notifications')}</h2>
      <ThisDevice />
      <HowMuch />
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

function HowMuch() {
  const { preferences } = useClient().api;
  const mine = createAsked(
    () => true,
    () => preferences.get.query(),
  );
  const setting = createCommand(async (mails: Preferences['mails']) => mine.set(await preferences.set.mutate({ mails })));
  return (
    <Answer of={mine} label={t('loadingPreferences')} rows={1}>
      {(held) => (
        <Select
          label={t('saidOutside')}
          value={held().mails}
          options={levels.map(({ value, text }) => ({ value, text: t(text) }))}
          onChoose={(mails) => void setting.run(mails)}
        />
      )}
    </Answer>
  );
}
