import { limits } from '@koreromai/contract';
import { useNavigate } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { Page } from '../conversations/page.tsx';
import { chatHref } from '../conversations/paths.ts';
import { reasonOf } from '../language/refusals.ts';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { AccessFields, historyOf, passwordOf, type Rules } from './access-fields.tsx';
import { t } from './words.ts';

/** /rooms/new – opens a room and goes in. */
export default function NewRoomPage() {
  const client = useClient();
  const navigate = useNavigate();
  const [name, setName] = createSignal('');
  const [rules, setRules] = createSignal<Rules>({ access: 'public', password: '', listed: true, history: 'all' });
  const form = createSubmission(async () => {
    const { access, listed } = rules();
    const room = await client.api.rooms.create.mutate({
      name: name(),
      access,
      listed,
      history: historyOf(rules()),
      ...passwordOf(rules()),
    });
    navigate(chatHref(room.id));
  });
  const taken = () => form.refusedAs('ROOM_NAME_TAKEN');
  const elsewhere = () => (taken() || form.refused()?.fields ? undefined : form.refused());
  return (
    <Page title={t('newRoom')}>
      <form class="door-form" onSubmit={form.onSubmit}>
        <Field
          label={t('name')}
          name="room"
          dir="auto"
          required
          maxlength={limits.name.maxCodePoints}
          hint={t('nameHint')}
          value={name()}
          onText={setName}
          error={taken() ?? form.fieldError('name')}
        />
        <AccessFields rules={rules()} onRules={setRules} error={form.fieldError('password')} />
        <Show when={elsewhere()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
        <Button type="submit" look="primary" busy={form.busy()}>
          {t('openTheRoom')}
        </Button>
      </form>
    </Page>
  );
}
