import { Show } from 'solid-js';
import { CopyButton } from '../ui/copy-button.tsx';

export function CodeBlock(props: { code: string; language: string }) {
  return (
    <figure class="code" dir="ltr">
      <figcaption class="code-head">
        <Show when={props.language} fallback="Code">
          <span>{props.language}</span>
        </Show>
        <CopyButton text={props.code} label="Copy the code" />
      </figcaption>
      {/* A wide block is scrolled by keys too. */}
      <pre tabindex="0">
        <code>{props.code}</code>
      </pre>
    </figure>
  );
}
