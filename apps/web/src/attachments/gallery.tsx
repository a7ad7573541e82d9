import type { Attachment } from '@koreromai/contract';
import ImageOff from 'lucide-solid/icons/image-off';
import { createSignal, For, Show } from 'solid-js';
import { useTalk } from '../actions/talk.tsx';
import { fitted } from './fitted.ts';
import { altOf, isVideo } from './viewed.ts';
import './gallery.css';
import { t } from './words.ts';

/** The pictures and videos of one message. Their sizes are known, so nothing moves when they arrive (UI21). */
export function Gallery(props: { files: readonly Attachment[]; by: string }) {
  return (
    <ul class="gallery" classList={{ 'gallery-many': props.files.length > 1 }}>
      <For each={props.files}>
        {(file, at) => (
          <li>
            <Show when={isVideo(file)} fallback={<Picture file={file} files={props.files} at={at()} by={props.by} />}>
              <Video file={file} />
            </Show>
          </li>
        )}
      </For>
    </ul>
  );
}

function Picture(props: { file: Attachment; files: readonly Attachment[]; at: number; by: string }) {
  const talk = useTalk();
  const [broken, setBroken] = createSignal(false);
  const shown = () => props.file.thumbnail ?? props.file;
  const pictures = () => props.files.filter((file) => !isVideo(file));
  return (
    <Show
      when={!broken()}
      fallback={
        <p class="gallery-broken">
          <ImageOff size={20} aria-hidden="true" /> {t('cannotShow')}
        </p>
      }
    >
      <button
        type="button"
        class="picture"
        aria-label={t('openPicture', altOf(props.file), props.by)}
        onClick={() => talk.view({ files: pictures(), at: Math.max(0, pictures().indexOf(props.file)) })}
      >
        <img
          src={shown().url}
          width={fitted(shown()).width}
          height={fitted(shown()).height}
          alt={altOf(props.file)}
          loading="lazy"
          decoding="async"
          onError={() => setBroken(true)}
        />
      </button>
    </Show>
  );
}

function Video(props: { file: Attachment }) {
  return (
    // biome-ignore lint/a11y/useMediaCaption: people send what they filmed; there are no captions to offer
    <video
      class="video"
      src={props.file.url}
      poster={props.file.thumbnail?.url}
      width={fitted(props.file.thumbnail ?? props.file).width}
      height={fitted(props.file.thumbnail ?? props.file).height}
      aria-label={altOf(props.file)}
      preload="none"
      controls
      playsinline
    />
  );
}
