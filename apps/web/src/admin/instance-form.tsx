import type { InstanceSettings } from '@koreromai/contract';
import { createSignal, Show } from 'solid-js';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Answer } from '../ui/answer.tsx';
import { createAsked } from '../ui/asked.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Select } from '../ui/select.tsx';
import { toast } from '../ui/toast.tsx';
import '../session/door.css';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const emails: { value: InstanceSettings['emailVisibility']; text: string }[] = [
  { value: 'self', text: 'Only the person and the admins' },
  { value: 'contacts', text: 'Also their contacts' },
  { value: 'everyone', text: 'Everyone' },
];
const policies: { value: InstanceSettings['messagingPolicy']; text: string }[] = [
  { value: 'open', text: 'Everyone with everyone' },
  { value: 'contacts', text: 'Only contacts' },
  { value: 'mutualFollow', text: 'Only people who follow each other' },
];
const directories: { value: InstanceSettings['directory']; text: string }[] = [
  { value: 'everyone', text: 'Everyone is found' },
  { value: 'contacts', text: 'Only one’s contacts are found' },
  { value: 'off', text: 'Nobody is found' },
];

/** What holds for everyone on this server. */
export function InstanceForm() {
  const { admin } = useClient().api;
  const settings = createAsked(
    () => true,
    () => admin.settings.query(),
  );
  return (
    <Answer of={settings} label="Loading the rules">
      {(held) => <RulesForm held={held()} onSaved={settings.set} />}
    </Answer>
  );
}

function RulesForm(props: { held: InstanceSettings; onSaved: (settings: InstanceSettings) => void }) {
  const { admin } = useClient().api;
  const [draft, setDraft] = createSignal<InstanceSettings>(props.held);
  const change = (part: Partial<InstanceSettings>) => setDraft((before) => ({ ...before, ...part }));
  const form = createSubmission(async () => {
    const saved = await admin.updateSettings.mutate(draft());
    props.onSaved(saved);
    setDraft(saved);
    toast('The rules hold from now on.');
  });
  return (
    <form class="door-form rules-form" onSubmit={form.onSubmit}>
      <Select
        label="Who sees somebody’s e-mail address?"
        value={draft().emailVisibility}
        options={emails}
        onChoose={(emailVisibility) => change({ emailVisibility })}
      />
      <Select
        label="Who may write to whom?"
        value={draft().messagingPolicy}
        options={policies}
        onChoose={(messagingPolicy) => change({ messagingPolicy })}
      />
      <Select
        label="Who is found in the directory?"
        value={draft().directory}
        options={directories}
        onChoose={(directory) => change({ directory })}
      />
      <Field
        label="Hours in which an author may edit a message"
        type="number"
        min="0"
        max={3_650 * 24}
        step="any"
        required
        hint="0: for ever."
        value={draft().editWindow / HOUR}
        onText={(hours) => change({ editWindow: Math.round(Number(hours) * HOUR) })}
        error={form.fieldError('editWindow')}
      />
      <Field
        label="Days that a closed chat is kept"
        type="number"
        min="0"
        max="3650"
        step="any"
        required
        hint="Then what was said in it is erased."
        value={draft().retention / DAY}
        onText={(days) => change({ retention: Math.round(Number(days) * DAY) })}
        error={form.fieldError('retention')}
      />
      <Show when={!form.refused()?.fields && form.refused()}>{(refused) => <Notice tone="error">{refused().message}</Notice>}</Show>
      <Button type="submit" look="primary" busy={form.busy()}>
        Save rules
      </Button>
    </form>
  );
}
