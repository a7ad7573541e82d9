import { createMemo, For, Show } from 'solid-js';
import { tokenise } from './links.ts';
import { NamedText } from './mentions.tsx';

/** Plain words, in which addresses are links. */
export function LinkedText(props: { text: string }) {
  const tokens = createMemo(() => tokenise(props.text));
  return (
    <For each={tokens()}>
      {(token) => (
        <Show when={token.kind === 'link' && token} fallback={<NamedText text={token.text} />}>
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
