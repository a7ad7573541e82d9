import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import { createSignal, Show } from 'solid-js';
import { Field, type FieldProps } from './field.tsx';
import './icon-button.css';
import { t } from './words.ts';

export function PasswordField(props: FieldProps) {
  const [shown, setShown] = createSignal(false);
  return (
    <Field
      {...props}
      type={shown() ? 'text' : 'password'}
      autocapitalize="off"
      spellcheck={false}
      after={
        <button
          type="button"
          class="icon-button"
          aria-label={shown() ? t('hidePassword') : t('showPassword')}
          aria-pressed={shown()}
          onClick={() => setShown((now) => !now)}
        >
          <Show when={shown()} fallback={<Eye size={18} aria-hidden="true" />}>
            <EyeOff size={18} aria-hidden="true" />
          </Show>
        </button>
      }
    />
  );
}
