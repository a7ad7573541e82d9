import { limits, type RoomAccess, roomAccess } from '@koreromai/contract';
import { For, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { PasswordField } from '../ui/password-field.tsx';
import { accessIcons, accessNames } from './room-words.ts';
import './rooms.css';

export interface Rules {
  readonly access: RoomAccess;
  readonly password: string;
  readonly listed: boolean;
}

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
        <legend class="field-label">Who may enter?</legend>
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
              {accessNames[access]}
            </label>
          )}
        </For>
      </fieldset>
      <Show when={props.rules.access === 'password'}>
        <PasswordField
          label={props.kept ? 'New password of the room' : 'Password of the room'}
          name="room-password"
          autocomplete="off"
          minlength={limits.password.min}
          maxlength={limits.password.max}
          required={!props.kept}
          hint={
            props.kept
              ? 'Empty: it stays. A new one shuts out whoever entered with the old one.'
              : `At least ${limits.password.min} characters. Tell it to those who may enter.`
          }
          value={props.rules.password}
          onText={(password) => change({ password })}
          error={props.error}
        />
      </Show>
      <label class="choice">
        <input type="checkbox" checked={props.rules.listed} onChange={(event) => change({ listed: event.currentTarget.checked })} />
        <span class="choice-text">
          Show it in the list of rooms
          <small>Otherwise only those who may enter know of it.</small>
        </span>
      </label>
    </>
  );
}
