import { type InstanceSettings, limits } from '@koreromai/contract';
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
import { reasonOf } from '../language/refusals.ts';
import { t } from './words.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const emails = [
  { value: 'self', text: 'emailSelf' },
  { value: 'contacts', text: 'emailContacts' },
  { value: 'everyone', text: 'emailEveryone' },
] as const satisfies readonly { value: InstanceSettings['emailVisibility']; text: string }[];
const policies = [
  { value: 'open', text: 'writeOpen' },
  { value: 'contacts', text: 'writeContacts' },
  { value: 'mutualFollow', text: 'writeMutual' },
] as const satisfies readonly { value: InstanceSettings['messagingPolicy']; text: string }[];
const directories = [
  { value: 'everyone', text: 'foundEveryone' },
  { value: 'contacts', text: 'foundContacts' },
  { value: 'off', text: 'foundOff' },
] as const satisfies readonly { value: InstanceSettings['directory']; text: string }[];

/** What holds for everyone on this server. */
export function InstanceForm() {
  const { admin } = useClient().api;
  const settings = createAsked(
    () => true,
    () => admin.settings.query(),
  );
  return (
    <Answer of={settings} label={t('loadingRules')}>
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
    toast(t('rulesHold'));
  });
  return (
    <form class="door-form rules-form" onSubmit={form.onSubmit}>
      <Select
        label={t('whoSeesEmail')}
        value={draft().emailVisibility}
        options={emails.map(({ value, text }) => ({ value, text: t(text) }))}
        onChoose={(emailVisibility) => change({ emailVisibility })}
      />
      <Select
        label={t('whoWritesWhom')}
        value={draft().messagingPolicy}
        options={policies.map(({ value, text }) => ({ value, text: t(text) }))}
        onChoose={(messagingPolicy) => change({ messagingPolicy })}
      />
      <Select
        label={t('whoIsFound')}
        value={draft().directory}
        options={directories.map(({ value, text }) => ({ value, text: t(text) }))}
        onChoose={(directory) => change({ directory })}
      />
      <Field
        label={t('editHours')}
        type="number"
        min="0"
        max={3_650 * 24}
        step="any"
        required
        hint={t('forEver')}
        value={draft().editWindow / HOUR}
        onText={(hours) => change({ editWindow: Math.round(Number(hours) * HOUR) })}
        error={form.fieldError('editWindow')}
      />
      <Field
        label={t('keptDays')}
        type="number"
        min="0"
        max="3650"
        step="any"
        required
        hint={t('thenErased')}
        value={draft().retention / DAY}
        onText={(days) => change({ retention: Math.round(Number(days) * DAY) })}
        error={form.fieldError('retention')}
      />
      <Field
        label={t('botsEach')}
        type="number"
        min="0"
        max={limits.bots.mostPerPerson}
        step="1"
        required
        hint={t('botsStay')}
        value={draft().botsPerPerson}
        onText={(bots) => change({ botsPerPerson: Number(bots) })}
        error={form.fieldError('botsPerPerson')}
      />
      <Show when={!form.refused()?.fields && form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
      <Button type="submit" look="primary" busy={form.busy()}>
        {t('saveRules')}
      </Button>
    </form>
  );
}
