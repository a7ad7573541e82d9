import Paperclip from 'lucide-solid/icons/paperclip';
import { acceptedTypes } from './accepted.ts';
import { t } from './words.ts';

/** Chooses files; on a phone that is its camera too. */
export function AttachButton(props: { onFiles: (files: File[]) => void }) {
  let input: HTMLInputElement | undefined;
  return (
    <>
      <button type="button" class="composer-tool" aria-label={t('addFiles')} title={t('addFiles')} onClick={() => input?.click()}>
        <Paperclip size={20} aria-hidden="true" />
      </button>
      <input
        ref={input}
        type="file"
        class="quiet"
        multiple
        tabindex="-1"
        aria-label={t('files')}
        accept={acceptedTypes.join(',')}
        data-testid="files"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = ''; // the same file again is a change again
          if (files.length > 0) props.onFiles(files);
        }}
      />
    </>
  );
}
