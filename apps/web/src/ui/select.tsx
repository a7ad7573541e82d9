import ChevronDown from 'lucide-solid/icons/chevron-down';
import { createUniqueId, For } from 'solid-js';
import './field.css';
import './select.css';

interface SelectProps<Value extends string> {
  label: string;
  /** The label is for screen readers only: the place says what is chosen. */
  quiet?: boolean;
  value: Value;
  options: readonly { readonly value: Value; readonly text: string }[];
  onChoose: (value: Value) => void;
}

/** The browser's own menu: it knows every keyboard, screen reader and phone. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const id = createUniqueId();
  return (
    <div class="field select">
      <label class={props.quiet ? 'quiet' : 'field-label'} for={id}>
        {props.label}
      </label>
      <div class="field-box select-box">
        <select
          id={id}
          class="field-input select-input"
          onChange={(event) => {
            const chosen = props.options.find((each) => each.value === event.currentTarget.value);
            if (chosen !== undefined) props.onChoose(chosen.value);
          }}
        >
          <For each={props.options}>
            {(option) => (
              <option value={option.value} selected={option.value === props.value}>
                {option.text}
              </option>
            )}
          </For>
        </select>
        <ChevronDown class="select-arrow" size={18} aria-hidden="true" />
      </div>
    </div>
  );
}
