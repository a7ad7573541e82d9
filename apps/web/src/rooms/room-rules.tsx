import { limits, type Room } from '@koreromai/contract';
import Settings2 from 'lucide-solid/icons/settings-2';
import { createSignal, Show } from 'solid-js';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { AccessFields, historyOf, passwordOf, type Rules } from './access-fields.tsx';
import '../session/door.css';
import { reasonOf } from '../language/refusals.ts';
import { t } from './words.ts';

/** For those who keep the room: its name, who may enter, its password. */
export function RoomRules(props: { room: Room; onSaved: (room: Room) => void }) {
  const [open, setOpen] = createSignal(false);
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        <Settings2 size={16} aria-hidden="true" />
        {t('nameAndRules')}
      </Button>
      <Dialog open={open()} onClose={() => setOpen(false)} title={t('nameAndRules')}>
        <RulesForm
          room={props.room}
          onSaved={(room) => {
            props.onSaved(room);
            setOpen(false);
          }}
        />
      </Dialog>
    </>
  );
}

function RulesForm(props: { room: Room; onSaved: (room: Room) => void }) {
  const client = useClient();
  const { id: roomId, access, listed, history } = props.room;
  const [name, setName] = createSignal(props.room.name ?? '');
  const [rules, setRules] = createSignal<Rules>({ access, password: '', listed, history });
  const form = createSubmission(async () => {
    const now = rules();
    const told = historyOf(now);
    const change = { name: name(), listed: now.listed, ...(now.access !== access && { access: now.access }), ...passwordOf(now) };
    props.onSaved(await client.api.rooms.update.mutate({ roomId, ...change, ...(told !== history && { history: told }) }));
  });
  const taken = () => form.refusedAs('ROOM_NAME_TAKEN');
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <Field
        label={t('name')}
        name="room"
        dir="auto"
        required
        maxlength={limits.name.maxCodePoints}
        value={name()}
        onText={setName}
        error={taken() ?? form.fieldError('name')}
      />
      <AccessFields rules={rules()} onRules={setRules} kept={access === 'password'} error={form.fieldError('password')} />
      <Show when={!taken() && !form.refused()?.fields && form.refused()}>
        {(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}
      </Show>
      <Button type="submit" look="primary" busy={form.busy()}>
        {t('save')}
      </Button>
    </form>
  );
}
