import X from 'lucide-solid/icons/x';
import { createSignal, createUniqueId, For, onMount, Show } from 'solid-js';
import { useMe } from '../session/session.tsx';
import { type Guest, guestsOf, withGuests } from './guest-list.ts';
import './people-input.css';
import { t } from './words.ts';

interface PeopleInputProps {
  label: string;
  guests: readonly Guest[];
  onGuests: (guests: Guest[]) => void;
  focusAtOnce?: boolean;
}

/** E-mail addresses as chips. Enter, comma, space or leaving the box makes a chip; Backspace in the empty box takes the last one back. */
export function PeopleInput(props: PeopleInputProps) {
  const me = useMe();
  const id = createUniqueId();
  const [typed, setTyped] = createSignal('');
  let input: HTMLInputElement | undefined;
  onMount(() => props.focusAtOnce && input?.focus());

  const add = (raw: string) => {
    props.onGuests(withGuests(props.guests, guestsOf(raw, me().email)));
    setTyped('');
  };
  const remove = (key: string) => {
    props.onGuests(props.guests.filter((guest) => guest.key !== key));
    input?.focus();
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const last = props.guests.at(-1);
    if (event.key === 'Backspace' && typed() === '' && last !== undefined) return remove(last.key);
    if (event.key !== 'Enter' && event.key !== ',' && event.key !== ';' && event.key !== ' ') return;
    // Enter in the empty box sends the form.
    if (event.key === 'Enter' && typed().trim() === '') return;
    event.preventDefault();
    add(typed());
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!/[\s,;<]/u.test(text.trim())) return;
    event.preventDefault();
    add(`${typed()} ${text}`);
  };
  const problems = () => props.guests.filter((guest) => guest.problem !== undefined);

  return (
    <div class="field">
      <label class="field-label" for={id}>
        {props.label}
      </label>
      <div class="chips">
        <ul class="chips-list" aria-label={t('chosenPeople')}>
          <For each={props.guests}>
            {(guest) => (
              <li class="chip" classList={{ 'chip-wrong': guest.problem !== undefined }}>
                <bdi class="chip-text">{guest.shown}</bdi>
                <button type="button" class="chip-remove" aria-label={t('removeOf', guest.shown)} onClick={() => remove(guest.key)}>
                  <X size={14} aria-hidden="true" />
                </button>
              </li>
            )}
          </For>
        </ul>
        <input
          ref={input}
          id={id}
          class="chips-input"
          type="text"
          inputmode="email"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder={props.guests.length === 0 ? 'aroha@example.org' : ''}
          aria-describedby={`${id}-hint`}
          value={typed()}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={keyDown}
          onPaste={paste}
          onBlur={() => typed().trim() !== '' && add(typed())}
        />
      </div>
      <p class="field-hint" id={`${id}-hint`}>
        {t('typeAddress')}
      </p>
      <Show when={problems().length > 0}>
        <ul class="field-error" role="alert">
          <For each={problems()}>
            {(guest) => (
              <li>
                <bdi>{guest.shown}</bdi>: {guest.problem}
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
