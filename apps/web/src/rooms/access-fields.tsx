import { limits, type RoomAccess, type RoomHistory, roomAccess } from '@koreromai/contract';
import { For, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { PasswordField } from '../ui/password-field.tsx';
import { accessIcons } from './access.ts';
import './rooms.css';
import { t } from './words.ts';

export interface Rules {
  readonly access: RoomAccess;
  readonly password: string;
  readonly listed: boolean;
  readonly history: RoomHistory;
}

/** What everybody may enter shows all of its past. */
export const historyOf = ({ access, history }: Rules): RoomHistory => (access === 'public' ? 'all' : history);

/** A password belongs to rooms that have one, and only to those. */
export const passwordOf = (rules: Rules) => (rules.access === 'password' && rules.password !== '' ? { password: rules.password } : {});

interface AccessFieldsProps {
  rules: Rules;
  onRules: (rules: Rules) => void;
  /** The room has a password already: an empty box keeps it. */
  kept?: boolean;
  error?: string | undefined;
}

/** Who may enter a room, with which password, and whether others see that it is there. */
export function AccessFields(props: AccessFieldsProps) {
  const change = (part: Partial<Rules>) => props.onRules({ ...props.rules, ...part });
  return (
    <>
      <fieldset class="choices">
        <legend class="field-label">{t('whoMayEnter')}</legend>
        <For each={roomAccess.options}>
          {(access) => (
            <label class="choice">
              <input
                type="radio"
                name="access"
                value={access}
                checked={props.rules.access === access}
                onChange={() => change({ access })}
              />
              <Dynamic component={accessIcons[access]} size={18} aria-hidden="true" />
              {t(access)}
            </label>
          )}
        </For>
      </fieldset>
      <Show when={props.rules.access === 'password'}>
        <PasswordField
          label={props.kept ? t('newPassword') : t('roomPassword')}
          name="room-password"
          autocomplete="off"
          minlength={limits.password.min}
          maxlength={limits.password.max}
          required={!props.kept}
          hint={props.kept ? t('keptHint') : t('passwordHint', limits.password.min)}
          value={props.rules.password}
          onText={(password) => change({ password })}
          error={props.error}
        />
      </Show>
      <Show when={props.rules.access !== 'public'}>
        <label class="choice">
          <input
            type="checkbox"
            checked={props.rules.history === 'fromJoin'}
            onChange={(event) => change({ history: event.currentTarget.checked ? 'fromJoin' : 'all' })}
          />
          <span class="choice-text">
            {t('fromJoin')}
            <small>{t('fromJoinHint')}</small>
          </span>
        </label>
      </Show>
      <label class="choice">
        <input type="checkbox" checked={props.rules.listed} onChange={(event) => change({ listed: event.currentTarget.checked })} />
        <span class="choice-text">
          {t('listed')}
          <small>{t('listedHint')}</small>
        </span>
      </label>
    </>
  );
}
