import { createUniqueId, type JSX, Show, splitProps } from 'solid-js';
import './field.css';

export interface FieldProps extends Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'onInput'> {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** Sits at the end of the box, e.g. "show password". */
  after?: JSX.Element;
  onText: (text: string) => void;
}

/** A labelled line of text whose hint and error are tied to it for screen readers. */
export function Field(props: FieldProps) {
  const [own, rest] = splitProps(props, ['label', 'hint', 'error', 'after', 'onText', 'id']);
  const made = createUniqueId();
  const id = () => own.id ?? made;
  const described = () => (own.error !== undefined ? `${id()}-error` : own.hint !== undefined ? `${id()}-hint` : undefined);
  return (
    <div class="field">
      <label class="field-label" for={id()}>
        {own.label}
      </label>
      <div class="field-box" classList={{ 'field-wrong': own.error !== undefined }}>
        <input
          {...rest}
          id={id()}
          class="field-input"
          aria-invalid={own.error !== undefined}
          aria-describedby={described()}
          onInput={(event) => own.onText(event.currentTarget.value)}
        />
        {own.after}
      </div>
      <Show
        when={own.error}
        fallback={
          <Show when={own.hint}>
            <p class="field-hint" id={`${id()}-hint`}>
              {own.hint}
            </p>
          </Show>
        }
      >
        <p class="field-error" id={`${id()}-error`}>
          {own.error}
        </p>
      </Show>
    </div>
  );
}
