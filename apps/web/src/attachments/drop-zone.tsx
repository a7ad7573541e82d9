import ImagePlus from 'lucide-solid/icons/image-plus';
import { createSignal, onCleanup, onMount, Show } from 'solid-js';
import './drop-zone.css';
import { t } from './words.ts';

const bringsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/** Files dragged onto the chat go with the next message; the button beside the box does the same (UI20). */
export function DropZone(props: { title: string; onFiles: (files: File[]) => void }) {
  const [over, setOver] = createSignal(false);
  let depth = 0; // every element on the way is entered and left
  let here: HTMLDivElement | undefined;
  onMount(() => {
    const pane = here?.closest<HTMLElement>('[data-landmark]');
    if (!pane) return;
    const on = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) => {
      const listener = (event: DragEvent) => bringsFiles(event) && act(event);
      pane.addEventListener(type, listener);
      onCleanup(() => pane.removeEventListener(type, listener));
    };
    on('dragenter', () => setOver(++depth > 0));
    on('dragleave', () => setOver(--depth > 0));
    on('dragover', (event) => event.preventDefault());
    on('drop', (event) => {
      event.preventDefault();
      depth = 0;
      setOver(false);
      props.onFiles([...(event.dataTransfer?.files ?? [])]);
    });
  });
  return (
    <div ref={here} class="drop" classList={{ 'drop-over': over() }}>
      <Show when={over()}>
        <ImagePlus size={32} aria-hidden="true" />
        <p>
          {t('dropToSend')} <bdi>{props.title}</bdi>
        </p>
      </Show>
    </div>
  );
}
