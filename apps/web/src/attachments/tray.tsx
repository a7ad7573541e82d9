import type { Attachment } from '@koreromai/client';
import Film from 'lucide-solid/icons/film';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import X from 'lucide-solid/icons/x';
import { createSignal, lazy, Show, Suspense } from 'solid-js';
import { Keyed } from '../ui/keyed.tsx';
import { sizeOf } from './accepted.ts';
import type { Upload, Uploads } from './uploads.ts';
import './tray.css';
import { t } from './words.ts';

const DescribeDialog = lazy(() => import('./describe-dialog.tsx'));

/** The files that will go with the message, each with how far it is (UI20). */
export function Tray(props: { uploads: Uploads }) {
  const [describing, setDescribing] = createSignal<string | null>(null);
  const [asked, setAsked] = createSignal(false);
  const described = () => props.uploads.list().find((each) => each.key === describing());
  const onDescribed = (file: Attachment) => {
    const of = props.uploads.list().find(({ attachment }) => attachment?.id === file.id);
    if (of !== undefined) props.uploads.described(of.key, file);
  };
  const describe = (key: string) => {
    setAsked(true);
    setDescribing(key);
  };
  return (
    <Show when={props.uploads.list().length > 0}>
      <ul class="tray" aria-label={t('filesToSend')}>
        <Keyed each={props.uploads.list()} by={(upload) => upload.key}>
          {(upload) => <Tile upload={upload()} uploads={props.uploads} onDescribe={() => describe(upload().key)} />}
        </Keyed>
      </ul>
      <Show when={asked()}>
        <Suspense>
          <DescribeDialog
            file={described()?.attachment ?? null}
            preview={described()?.preview ?? null}
            onClose={() => setDescribing(null)}
            onDescribed={onDescribed}
          />
        </Suspense>
      </Show>
    </Show>
  );
}

function Tile(props: { upload: Upload; uploads: Uploads; onDescribe: () => void }) {
  const name = () => props.upload.file.name;
  const failed = () => props.upload.status === 'failed';
  return (
    <li class="tile" classList={{ 'tile-failed': failed() }} data-status={props.upload.status}>
      <span class="tile-picture">
        <Show when={props.upload.preview} fallback={<Film size={20} aria-hidden="true" />}>
          {(preview) => <img src={preview()} alt="" />}
        </Show>
      </span>
      <span class="tile-words">
        <bdi class="tile-name">{name()}</bdi>
        <Show
          when={failed()}
          fallback={
            <Show when={props.upload.status === 'uploading'} fallback={<Sized upload={props.upload} onDescribe={props.onDescribe} />}>
              <progress class="tile-progress" max="1" value={props.upload.progress} aria-label={t('uploading', name())} />
            </Show>
          }
        >
          <span class="tile-note" role="alert">
            {props.upload.problem ?? t('notUploaded')}
          </span>
        </Show>
      </span>
      <Show when={failed() && props.upload.again}>
        <button
          type="button"
          class="tile-verb"
          aria-label={t('tryAgainOf', name())}
          title={t('tryAgain')}
          onClick={() => props.uploads.retry(props.upload.key)}
        >
          <RotateCw size={16} aria-hidden="true" />
        </button>
      </Show>
      <button
        type="button"
        class="tile-verb"
        aria-label={props.upload.status === 'uploading' ? t('cancelOf', name()) : t('removeOf', name())}
        title={props.upload.status === 'uploading' ? t('cancel') : t('remove')}
        onClick={() => props.uploads.cancel(props.upload.key)}
      >
        <X size={16} aria-hidden="true" />
      </button>
    </li>
  );
}

/** How large it is, and the way to say what it shows. */
function Sized(props: { upload: Upload; onDescribe: () => void }) {
  const name = () => props.upload.file.name;
  const described = () => Boolean(props.upload.attachment?.description);
  return (
    <span class="tile-note">
      {sizeOf(props.upload.file.size)}
      <Show when={props.upload.attachment}>
        {' · '}
        <button
          type="button"
          class="tile-describe"
          aria-label={described() ? t('describedOf', name()) : t('describeOf', name())}
          onClick={props.onDescribe}
        >
          {described() ? t('described') : t('describe')}
        </button>
      </Show>
    </span>
  );
}
