import { type Conversation, limits } from '@koreromai/contract';
import Pencil from 'lucide-solid/icons/pencil';
import { createSignal, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { t } from './words.ts';

export function RenameGroup(props: { conversation: Conversation }) {
  const [open, setOpen] = createSignal(false);
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        <Pencil size={16} aria-hidden="true" />
        {t('rename')}
      </Button>
      <Dialog open={open()} onClose={() => setOpen(false)} title={t('renameGroup')}>
        <RenameForm conversation={props.conversation} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function RenameForm(props: { conversation: Conversation; onDone: () => void }) {
  const client = useClient();
  const [name, setName] = createSignal(props.conversation.name ?? '');
  const form = createSubmission(async () => {
    const wanted = name().trim();
    await client.rename(props.conversation.id, wanted === '' ? null : wanted);
    props.onDone();
  });
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <Field
        label={t('name')}
        name="group"
        dir="auto"
        maxlength={limits.name.maxCodePoints}
        hint={t('nameHint')}
        value={name()}
        onText={setName}
        error={form.fieldError('name')}
      />
      <Show when={form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
      <Button type="submit" look="primary" busy={form.busy()}>
        {t('save')}
      </Button>
    </form>
  );
}
