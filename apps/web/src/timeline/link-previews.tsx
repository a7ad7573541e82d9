import type { Message } from '@koreromai/client';
import type { Preview } from '@koreromai/contract';
import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';
import { useClient } from '../session/session.tsx';
import './link-previews.css';

/** The server looks at the pages behind a fresh message: it is asked again after so many milliseconds. */
const AGAIN = [2_000, 8_000];
const FRESH = 60_000;
/** By message and version, for as long as the page is open: a row that is drawn again asks nothing. */
const known = new Map<string, readonly Preview[]>();
const KEPT = 500;

/** What the pages say of themselves that a message links to (UI34): words of strangers, shown as words. */
export default function LinkPreviews(props: { message: Message }) {
  const client = useClient();
  const key = () => `${props.message.id} ${props.message.version}`;
  const [shown, setShown] = createSignal<readonly Preview[]>(known.get(key()) ?? []);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  async function ask(mine: string, turn: number): Promise<void> {
    const { items } = await client.api.previews.list.query({ messageId: props.message.id }).catch(() => ({ items: [] }));
    if (mine !== key()) return;
    setShown(items);
    const fresh = Date.now() - Date.parse(props.message.updatedAt) < FRESH;
    const wait = AGAIN[turn];
    if (items.length === 0 && fresh && wait !== undefined) {
      timer = setTimeout(() => void ask(mine, turn + 1), wait);
      return;
    }
    if (known.size >= KEPT) known.clear();
    known.set(mine, items);
  }
  createEffect(
    on(key, (now) => {
      clearTimeout(timer);
      const held = known.get(now);
      setShown(held ?? []);
      if (held === undefined) void ask(now, 0);
    }),
  );
  return (
    <For each={shown()}>
      {(preview) => (
        <a class="preview" href={preview.url} target="_blank" rel="noopener noreferrer nofollow">
          <Show when={preview.image}>
            {(image) => <img src={image().url} width={image().width} height={image().height} alt="" loading="lazy" decoding="async" />}
          </Show>
          <span class="preview-site">
            <bdi>{preview.site}</bdi>
          </span>
          <Show when={preview.title}>
            <bdi class="preview-title">{preview.title}</bdi>
          </Show>
          <Show when={preview.description}>
            <span class="preview-text" dir="auto">
              {preview.description}
            </span>
          </Show>
        </a>
      )}
    </For>
  );
}
