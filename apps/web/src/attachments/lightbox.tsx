import { Dialog } from '@kobalte/core/dialog';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import Download from 'lucide-solid/icons/download';
import X from 'lucide-solid/icons/x';
import ZoomIn from 'lucide-solid/icons/zoom-in';
import ZoomOut from 'lucide-solid/icons/zoom-out';
import { createSignal, Show } from 'solid-js';
import { useTalk } from '../actions/talk.tsx';
import { createAfterClosing } from '../ui/after-closing.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { createLens } from './lens.ts';
import { altOf, type Viewed } from './viewed.ts';
import './lightbox.css';
import '../ui/dialog.css';
import { t } from './words.ts';

/** One picture on the whole screen: ← → the others, + − 0 its size, Esc back to where one was (UI21). */
export default function Lightbox(props: { viewed: Viewed }) {
  const talk = useTalk();
  const opener = document.activeElement;
  const closed = createAfterClosing(() => opener instanceof HTMLElement && opener.focus());
  const { files } = props.viewed;
  const [at, setAt] = createSignal(props.viewed.at);
  const file = () => files[at()];
  const lens = createLens();
  const go = (by: number) => {
    setAt((now) => Math.min(files.length - 1, Math.max(0, now + by)));
    lens.reset();
  };
  const keys: Record<string, () => void> = {
    ArrowLeft: () => go(-1),
    ArrowRight: () => go(1),
    '+': () => lens.zoom(1),
    '=': () => lens.zoom(1),
    '-': () => lens.zoom(-1),
    '0': () => lens.reset(),
  };
  return (
    <Dialog defaultOpen onOpenChange={(open) => !open && talk.view(null)}>
      <Dialog.Portal>
        <Dialog.Overlay class="lightbox-scrim" />
        <Dialog.Content class="lightbox" onKeyDown={(event: KeyboardEvent) => keys[event.key]?.()} onCloseAutoFocus={closed}>
          <header class="lightbox-head">
            <Dialog.Title class="lightbox-title">
              <bdi>{file()?.name}</bdi>
              <Show when={files.length > 1}>
                <span class="lightbox-place">{t('place', at() + 1, files.length)}</span>
              </Show>
            </Dialog.Title>
            <IconButton label={t('smaller')} onClick={() => lens.zoom(-1)}>
              <ZoomOut size={20} aria-hidden="true" />
            </IconButton>
            <IconButton label={t('larger')} onClick={() => lens.zoom(1)}>
              <ZoomIn size={20} aria-hidden="true" />
            </IconButton>
            <a class="icon-button" href={file()?.url} download={file()?.name} aria-label={t('download')} title={t('download')}>
              <Download size={20} aria-hidden="true" />
            </a>
            <Dialog.CloseButton class="icon-button" aria-label={t('close')} title={t('close')}>
              <X size={20} aria-hidden="true" />
            </Dialog.CloseButton>
          </header>
          <div class="lightbox-stage" ref={lens.stage}>
            <Show when={file()} keyed>
              {(shown) => <img ref={lens.picture} class="lightbox-picture" src={shown.url} alt={altOf(shown)} draggable={false} />}
            </Show>
            <Show when={at() > 0}>
              <button type="button" class="lightbox-step lightbox-before" aria-label={t('previous')} onClick={() => go(-1)}>
                <ChevronLeft size={24} aria-hidden="true" />
              </button>
            </Show>
            <Show when={at() < files.length - 1}>
              <button type="button" class="lightbox-step lightbox-after" aria-label={t('next')} onClick={() => go(1)}>
                <ChevronRight size={24} aria-hidden="true" />
              </button>
            </Show>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog>
  );
}
