import type { Attachment } from '@koreromai/client';
import { limits } from '@koreromai/contract';
import { createSignal, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { TextArea } from '../ui/text-area.tsx';
import '../session/door.css';
import { isVideo } from './viewed.ts';
import { t } from './words.ts';

interface DescribeProps {
  file: Attachment | null;
  /** A picture of it from this machine. */
  preview: string | null;
  onClose: () => void;
  /** The file as it is kept from now on. */
  onDescribed: (file: Attachment) => void;
}

/** Asks what a file shows, for those who do not see it (UI20). */
export default function DescribeDialog(props: DescribeProps) {
  return (
    <Dialog
      open={props.file !== null}
      onClose={props.onClose}
      title={props.file !== null && isVideo(props.file) ? t('describeVideo') : t('describePicture')}
      description={t('describeHint')}
    >
      <Show when={props.file} keyed>
        {(file) => <DescribeForm file={file} preview={props.preview} onClose={props.onClose} onDescribed={props.onDescribed} />}
      </Show>
    </Dialog>
  );
}

function DescribeForm(props: { file: Attachment; preview: string | null; onClose: () => void; onDescribed: (file: Attachment) => void }) {
  const client = useClient();
  const { id, description } = props.file;
  const [words, setWords] = createSignal(description ?? '');
  const form = createSubmission(async () => {
    const described = await client.api.attachments.describe.mutate({ attachmentId: id, description: words() });
    props.onClose();
    props.onDescribed(described);
  });
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <Show when={props.preview}>{(preview) => <img class="describe-picture" src={preview()} alt="" />}</Show>
      <TextArea
        label={t('whatItShows')}
        maxlength={limits.attachments.descriptionCodePoints}
        value={words()}
        onText={setWords}
        error={form.fieldError('description')}
      />
      <Show when={!form.refused()?.fields && form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
      <Button type="submit" look="primary" busy={form.busy()}>
        {t('saveDescription')}
      </Button>
    </form>
  );
}
