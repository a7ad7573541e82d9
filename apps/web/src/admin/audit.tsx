import type { AuditEntry } from '@koreromai/contract';
import ScrollText from 'lucide-solid/icons/scroll-text';
import { createSignal, Show } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { Blank } from '../ui/blank.tsx';
import { createNow } from '../ui/clock.ts';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { Select } from '../ui/select.tsx';
import { t } from './words.ts';

type Only = 'acts' | 'signIns';
const choices = [
  { value: 'acts', text: 'whatWasDone' },
  { value: 'signIns', text: 'whoSignedIn' },
] as const;
/** What nobody does at the server: without an actor it was the server itself. */
const byItself: ReadonlySet<AuditEntry['action']> = new Set(['bot.deleted', 'hook.ended', 'webhook.disabled']);
const calendar = makeCalendar(undefined);

/** What was done with more than a user's rights, what became of the programs, and who came in. */
export function Audit() {
  const { admin } = useClient().api;
  const now = createNow();
  const [only, setOnly] = createSignal<Only>('acts');
  const entries = createPaged(only, (chosen, cursor) => admin.audit.query({ only: chosen, cursor, limit: 30 }));
  return (
    <>
      <Select label={t('show')} value={only()} options={choices.map(({ value, text }) => ({ value, text: t(text) }))} onChoose={setOnly} />
      <PagedList
        of={entries}
        by={(entry) => entry.id}
        label={t('loadingAudit')}
        class="lines"
        empty={<Blank icon={<ScrollText size={28} />} title={t('nothingYet')} />}
      >
        {(entry) => <AuditRow entry={entry()} now={now()} />}
      </PagedList>
    </>
  );
}

function AuditRow(props: { entry: AuditEntry; now: number }) {
  const who = () => props.entry.actor?.name ?? nobody();
  const nobody = () => {
    if (byItself.has(props.entry.action)) return t('theServer');
    return props.entry.action === 'session.refused' ? t('somebody') : t('atServer');
  };
  const details = () =>
    Object.entries(props.entry.detail)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', ');
  return (
    <li class="record">
      <span class="record-what">
        <bdi>{who()}</bdi> {t(props.entry.action)}
      </span>
      <span class="record-note">
        <time datetime={props.entry.at} title={calendar.full(props.entry.at)}>
          {calendar.brief(props.entry.at, props.now)}
        </time>{' '}
        {t('fromAddress', props.entry.address)}
        <Show when={details() !== ''}> · {details()}</Show>
      </span>
    </li>
  );
}
