import { type Mention, usernameKeyOf } from '@koreromai/contract';
import { A } from '@solidjs/router';
import { createContext, createMemo, For, type ParentProps, Show, useContext } from 'solid-js';
import { useMe } from '../session/session.tsx';

const MentionsContext = createContext<() => readonly Mention[]>(() => []);

/** Whom the texts below name. */
export function Naming(props: ParentProps<{ mentions: readonly Mention[] }>) {
  return <MentionsContext.Provider value={() => props.mentions}>{props.children}</MentionsContext.Provider>;
}

interface Part {
  readonly text: string;
  readonly named?: Mention;
}

/** The words, with those set apart that name somebody; joined together they are the text, unchanged. Only the server says who is named. */
export function partsOf(text: string, mentions: readonly Mention[], meId: string): Part[] {
  if (mentions.length === 0) return [{ text }];
  const parts: Part[] = [];
  let from = 0;
  for (const found of text.matchAll(/(?<![\p{L}\p{N}_@/.+-])@[\p{L}\p{N}_.-]+/gu)) {
    const key = usernameKeyOf(found[0].slice(1));
    // A dot or a dash behind a handle may end the sentence.
    const meant = mentions.filter(({ handle }) => key === handle || (key.startsWith(handle) && /^[._-]+$/u.test(key.slice(handle.length))));
    const named = meant.find((each) => each.userId === meId) ?? meant[0];
    if (named === undefined) continue;
    const end = found.index + 1 + named.handle.length;
    if (found.index > from) parts.push({ text: text.slice(from, found.index) });
    parts.push({ text: text.slice(found.index, end), named });
    from = end;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** Plain words, in which those who are named are led to; where it is oneself that stands out. */
export function NamedText(props: { text: string }) {
  const mentions = useContext(MentionsContext);
  return (
    <Show when={mentions().length > 0} fallback={props.text}>
      <Named text={props.text} mentions={mentions()} />
    </Show>
  );
}

function Named(props: { text: string; mentions: readonly Mention[] }) {
  const me = useMe();
  const parts = createMemo(() => partsOf(props.text, props.mentions, me().id));
  return (
    <For each={parts()}>
      {(part) => (
        <Show when={part.named} fallback={part.text}>
          {(named) => (
            <A class="mention" classList={{ 'mention-me': named().userId === me().id }} href={`/people/${named().userId}`}>
              {part.text}
            </A>
          )}
        </Show>
      )}
    </For>
  );
}
