import { createMemo, For, Show } from 'solid-js';
import { tokenise } from './links.ts';

/** What somebody wrote: text nodes and links, never markup. */
export function MessageText(props: { text: string }) {
  const text = createMemo(() => props.text);
  const tokens = createMemo(() => tokenise(text()));
  return (
    <For each={tokens()}>
      {(token) => (
        <Show when={token.kind === 'link' && token} fallback={token.text}>
          {(link) => (
            <a href={link().href} target="_blank" rel="noopener noreferrer nofollow" title={link().href}>
              {link().text}
            </a>
          )}
        </Show>
      )}
    </For>
  );
}
