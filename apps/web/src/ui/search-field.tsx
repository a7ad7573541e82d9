import Search from 'lucide-solid/icons/search';
import X from 'lucide-solid/icons/x';
import { createUniqueId, onCleanup, onMount, Show } from 'solid-js';
import './field.css';
import './icon-button.css';
import './search-field.css';
import { t } from './words.ts';

/** Typing is told after a pause, Enter at once. */
const PAUSE = 250;

interface SearchFieldProps {
  label: string;
  placeholder?: string;
  value: string;
  onSearch: (text: string) => void;
  focusAtOnce?: boolean;
}

/** A box to look for something in, cleared by Esc or its cross. */
export function SearchField(props: SearchFieldProps) {
  const id = createUniqueId();
  let input: HTMLInputElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  onMount(() => props.focusAtOnce && input?.focus());
  const tell = (wait: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => props.onSearch(input?.value.trim() ?? ''), wait);
  };
  const clear = () => {
    if (input === undefined) return;
    input.value = '';
    input.focus();
    tell(0);
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && input?.value !== '') {
      event.preventDefault();
      clear();
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      tell(0);
    }
  };
  return (
    <div class="field search-field">
      <label class="quiet" for={id}>
        {props.label}
      </label>
      <div class="field-box">
        <Search class="search-sign" size={18} aria-hidden="true" />
        <input
          ref={input}
          id={id}
          class="field-input"
          type="text"
          inputmode="search"
          enterkeyhint="search"
          autocomplete="off"
          spellcheck={false}
          dir="auto"
          placeholder={props.placeholder ?? props.label}
          value={props.value}
          onInput={() => tell(PAUSE)}
          onKeyDown={keyDown}
        />
        <Show when={props.value !== ''}>
          <button type="button" class="icon-button" aria-label={t('clear')} onClick={clear}>
            <X size={18} aria-hidden="true" />
          </button>
        </Show>
      </div>
    </div>
  );
}
