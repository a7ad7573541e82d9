import { limits } from '@koreromai/contract';
import { useNavigate } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { Page } from '../conversations/page.tsx';
import { chatHref } from '../conversations/paths.ts';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { AccessFields, passwordOf, type Rules } from './access-fields.tsx';

/** /rooms/new – opens a room and goes in. */
export default function NewRoomPage() {
  const client = useClient();
  const navigate = useNavigate();
  const [name, setName] = createSignal('');
  const [rules, setRules] = createSignal<Rules>({ access: 'public', password: '', listed: true });
  const form = createSubmission(async () => {
    const { access, listed } = rules();
    const room = await client.api.rooms.create.mutate({ name: name(), access, listed, ...passwordOf(rules()) });
    navigate(chatHref(room.id));
  });
  const taken = () => (form.refused()?.code === 'ROOM_NAME_TAKEN' ? form.refused()?.message : undefined);
  const elsewhere = () => (taken() || form.refused()?.fields ? undefined : form.refused());
  return (
    <Page title="New room">
      <form class="door-form" onSubmit={form.onSubmit}>
        <Field
          label="Name"
          name="room"
          dir="auto"
          required
          maxlength={limits.name.maxCodePoints}
          hint="Each room has a name of its own."
          value={name()}
          onText={setName}
          error={taken() ?? form.fieldError('name')}
        />
        <AccessFields rules={rules()} onRules={setRules} error={form.fieldError('password')} />
        <Show when={elsewhere()}>{(refused) => <Notice tone="error">{refused().message}</Notice>}</Show>
        <Button type="submit" look="primary" busy={form.busy()}>
          Open the room
        </Button>
      </form>
    </Page>
  );
}
