import { useSearchParams } from '@solidjs/router';
import ShieldOff from 'lucide-solid/icons/shield-off';
import { Match, Show, Switch } from 'solid-js';
import { Page } from '../conversations/page.tsx';
import { useMe } from '../session/session.tsx';
import { Blank } from '../ui/blank.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { Audit } from './audit.tsx';
import { InstanceForm } from './instance-form.tsx';
import { Mail } from './mail.tsx';
import { People } from './people.tsx';
import { Reports } from './reports.tsx';
import '../people/details.css';
import '../people/people.css';
import '../people/person-line.css';
import './admin.css';
import { t } from './words.ts';

const tabs = [
  { value: 'reports', text: 'reports' },
  { value: 'people', text: 'people' },
  { value: 'rules', text: 'rules' },
  { value: 'mail', text: 'mail' },
  { value: 'audit', text: 'audit' },
] as const;
type Tab = (typeof tabs)[number]['value'];

/** /admin – for those who run the instance; moderators see what was reported. */
export default function AdminPage() {
  const me = useMe();
  const [params, setParams] = useSearchParams<{ show: string }>();
  const mine = () => (me().role === 'admin' ? tabs : tabs.slice(0, 1));
  const shown = (): Tab => mine().find((tab) => tab.value === params.show)?.value ?? 'reports';
  return (
    <Page title={t('administration')} wide>
      <Show when={me().role !== 'user'} fallback={<NotYours />}>
        <Tabs
          label={t('administration')}
          tabs={mine().map(({ value, text }) => ({ value, text: t(text) }))}
          value={shown()}
          onChoose={(show) => setParams({ show }, { replace: true })}
        >
          <Switch>
            <Match when={shown() === 'reports'}>
              <Reports />
            </Match>
            <Match when={shown() === 'people'}>
              <People />
            </Match>
            <Match when={shown() === 'rules'}>
              <InstanceForm />
            </Match>
            <Match when={shown() === 'mail'}>
              <Mail />
            </Match>
            <Match when={shown() === 'audit'}>
              <Audit />
            </Match>
          </Switch>
        </Tabs>
      </Show>
    </Page>
  );
}

const NotYours = () => (
  <Blank icon={<ShieldOff size={28} />} title={t('notYours')}>
    <p>{t('notYoursHint')}</p>
  </Blank>
);
