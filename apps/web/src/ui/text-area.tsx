import { createUniqueId, Show } from 'solid-js';
import './field.css';
import './text-area.css';

interface TextAreaProps {
  label: string;
  value: string;
  maxlength: number;
  required?: boolean;
  onText: (text: string) => void;
  error?: string | undefined;
}

/** A labelled box for a few lines. */
export function TextArea(props: TextAreaProps) {
  const id = createUniqueId();
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {props.label}
      </label>
      <div class="field-box" classList={{ 'field-wrong': props.error !== undefined }}>
        <textarea
          id={id}
          class="field-input text-area"
          rows={3}
          dir="auto"
          required={props.required}
          maxlength={props.maxlength}
          aria-invalid={props.error !== undefined}
          aria-describedby={props.error === undefined ? undefined : `${id}-error`}
          value={props.value}
          onInput={(event) => props.onText(event.currentTarget.value)}
        />
      </div>
      <Show when={props.error}>
        <p class="field-error" id={`${id}-error`}>
          {props.error}
        </p>
      </Show>
    </div>
  );
}
