import { Picker } from 'emoji-picker-element';
import type { EmojiClickEvent } from 'emoji-picker-element/shared';
import { onCleanup, onMount } from 'solid-js';

/** Served with the page: nothing is asked of anybody else. */
const DATA = '/emoji/en.json';

/** The web component, with our colours and the focus in its search. */
export function EmojiPicker(props: { onChoose: (emoji: string) => void }) {
  const picker = new Picker({ dataSource: DATA, locale: 'en' });
  const chosen = ({ detail }: EmojiClickEvent) => detail.unicode !== undefined && props.onChoose(detail.unicode);
  picker.addEventListener('emoji-click', chosen);
  onCleanup(() => picker.removeEventListener('emoji-click', chosen));
  onMount(() => {
    // The search is there once the component has drawn itself.
    requestAnimationFrame(() => picker.shadowRoot?.querySelector<HTMLElement>('input[type="search"]')?.focus());
  });
  return <div class="picker-frame">{picker}</div>;
}
