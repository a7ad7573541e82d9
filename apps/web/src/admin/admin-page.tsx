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

const tabs = [
  { value: 'reports', text: 'Reports' },
  { value: 'people', text: 'People' },
  { value: 'rules', text: 'Rules' },
  { value: 'mail', text: 'Mail' },
  { value: 'audit', text: 'Audit' },
] as const;
type Tab = (typeof tabs)[number]['value'];

/** /admin – for those who run the instance; moderators see what was reported. */
export default function AdminPage() {
  const me = useMe();
  const [params, setParams] = useSearchParams<{ show: string }>();
  const mine = () => (me().role === 'admin' ? tabs : tabs.slice(0, 1));
  const shown = (): Tab => mine().find((tab) => tab.value === params.show)?.value ?? 'reports';
  return (
    <Page title="Administration" wide>
      <Show when={me().role !== 'user'} fallback={<NotYours />}>
        <Tabs label="Administration" tabs={mine()} value={shown()} onChoose={(show) => setParams({ show }, { replace: true })}>
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
  <Blank icon={<ShieldOff size={28} />} title="This is for those who run the server">
    <p>Ask one of them if something is wrong here.</p>
  </Blank>
);
