import { For } from 'solid-js';

interface ChoicesProps<Value extends string> {
  label: string;
  options: readonly { readonly value: Value; readonly text: string }[];
  chosen: readonly Value[];
  onChoose: (chosen: Value[]) => void;
}

/** Some of a few things, each with a box of its own. */
export function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const choose = (value: Value, on: boolean) => {
    const now = new Set(props.chosen);
    if (on) now.add(value);
    else now.delete(value);
    props.onChoose(props.options.flatMap((option) => (now.has(option.value) ? [option.value] : [])));
  };
  return (
    <fieldset class="integration-choices">
      <legend class="field-label">{props.label}</legend>
      <For each={props.options}>
        {({ value, text }) => (
          <label class="setting">
            <input
              type="checkbox"
              checked={props.chosen.includes(value)}
              onChange={(event) => choose(value, event.currentTarget.checked)}
            />
            <span class="setting-text">{text}</span>
          </label>
        )}
      </For>
    </fieldset>
  );
}
