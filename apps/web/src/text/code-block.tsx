import { Show } from 'solid-js';
import { CopyButton } from '../ui/copy-button.tsx';
import { t } from './words.ts';

export function CodeBlock(props: { code: string; language: string }) {
  return (
    <figure class="code" dir="ltr">
      <figcaption class="code-head">
        <Show when={props.language} fallback={t('code')}>
          <span>{props.language}</span>
        </Show>
        <CopyButton text={props.code} label={t('copyCode')} />
      </figcaption>
      {/* A wide block is scrolled by keys too. */}
      <pre tabindex="0">
        <code>{props.code}</code>
      </pre>
    </figure>
  );
}
