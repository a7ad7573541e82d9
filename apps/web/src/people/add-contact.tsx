import UserPlus from 'lucide-solid/icons/user-plus';
import { createSignal, Show } from 'solid-js';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { toast } from '../ui/toast.tsx';
import '../session/door.css';
import { reasonOf } from '../language/refusals.ts';
import { t } from './words.ts';

export function AddContact() {
  const [open, setOpen] = createSignal(false);
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        <UserPlus size={18} aria-hidden="true" />
        {t('addContact')}
      </Button>
      <Dialog open={open()} onClose={() => setOpen(false)} title={t('addAContact')} description={t('addContactHint')}>
        <AddForm onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function AddForm(props: { onDone: () => void }) {
  const client = useClient();
  const [person, setPerson] = createSignal('');
  const form = createSubmission(async () => {
    const { contact, user } = await client.api.contacts.request.mutate({ person: person() });
    props.onDone();
    toast(contact === 'accepted' ? t('nowContacts', user.name) : t('isAsked', user.name));
  });
  const unknown = () => (form.refused()?.code === 'NOT_FOUND' ? t('unknownPerson') : undefined);
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <Field
        label={t('addressOrUsername')}
        name="person"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        required
        value={person()}
        onText={setPerson}
        error={unknown() ?? form.fieldError('person')}
      />
      <Show when={!unknown() && !form.refused()?.fields && form.refused()}>
        {(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}
      </Show>
      <Button type="submit" look="primary" busy={form.busy()}>
        {t('ask')}
      </Button>
    </form>
  );
}
