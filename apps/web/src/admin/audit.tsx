import type { AuditAction, AuditEntry } from '@koreromai/contract';
import ScrollText from 'lucide-solid/icons/scroll-text';
import { createSignal, Show } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { Blank } from '../ui/blank.tsx';
import { createNow } from '../ui/clock.ts';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { Select } from '../ui/select.tsx';

const words: Record<AuditAction, string> = {
  'admin.created': 'made the first admin',
  'message.deleted': 'deleted a message',
  'password.changed': 'changed a password',
  'password.reset': 'set a new password by mail',
  'report.resolved': 'looked at a report',
  'session.opened': 'signed in',
  'session.refused': 'was refused at sign-in',
  'settings.changed': 'changed the rules',
  'user.changed': 'changed a profile',
  'user.exported': 'exported data',
  'user.restored': 'let somebody in again',
  'user.role': 'gave a role',
  'user.suspended': 'suspended somebody',
};
type Only = 'acts' | 'signIns';
const choices: { value: Only; text: string }[] = [
  { value: 'acts', text: 'What was done' },
  { value: 'signIns', text: 'Who signed in, and who was refused' },
];
const calendar = makeCalendar(undefined);

/** What was done with more than a user's rights, and who came in. */
export function Audit() {
  const { admin } = useClient().api;
  const now = createNow();
  const [only, setOnly] = createSignal<Only>('acts');
  const entries = createPaged(only, (chosen, cursor) => admin.audit.query({ only: chosen, cursor, limit: 30 }));
  return (
    <>
      <Select label="Show" value={only()} options={choices} onChoose={setOnly} />
      <PagedList
        of={entries}
        by={(entry) => entry.id}
        label="Loading the audit"
        class="lines"
        empty={<Blank icon={<ScrollText size={28} />} title="Nothing yet" />}
      >
        {(entry) => <AuditRow entry={entry()} now={now()} />}
      </PagedList>
    </>
  );
}

function AuditRow(props: { entry: AuditEntry; now: number }) {
  const who = () => props.entry.actor?.name ?? (props.entry.action === 'session.refused' ? 'Somebody' : 'At the server');
  const details = () =>
    Object.entries(props.entry.detail)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', ');
  return (
    <li class="record">
      <span class="record-what">
        <bdi>{who()}</bdi> {words[props.entry.action]}
      </span>
      <span class="record-note">
        <time datetime={props.entry.at} title={calendar.full(props.entry.at)}>
          {calendar.brief(props.entry.at, props.now)}
        </time>{' '}
        from {props.entry.address}
        <Show when={details() !== ''}> · {details()}</Show>
      </span>
    </li>
  );
}
