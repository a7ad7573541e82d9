import type { AdminUser } from '@koreromai/contract';
import { createSignal, Show } from 'solid-js';
import { PersonLine } from '../people/person-line.tsx';
import { useClient, useMe } from '../session/session.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { Button } from '../ui/button.tsx';
import { createNow } from '../ui/clock.ts';
import { createCommand } from '../ui/command.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Select } from '../ui/select.tsx';
import { t } from './words.ts';

type Role = AdminUser['role'];
const roles = [
  { value: 'user', text: 'user' },
  { value: 'moderator', text: 'moderator' },
  { value: 'admin', text: 'admin' },
] as const satisfies readonly { value: Role; text: string }[];
const calendar = makeCalendar(undefined);

export function GovernedRow(props: { user: AdminUser; onChange: (user: AdminUser) => void }) {
  const { admin } = useClient().api;
  const me = useMe();
  const now = createNow();
  const [asking, setAsking] = createSignal(false);
  const [turn, setTurn] = createSignal(0);
  const govern = async (part: { role?: Role; suspended?: boolean }) =>
    props.onChange(await admin.updateUser.mutate({ userId: props.user.id, ...part }));
  const giving = createCommand((role: Role) => govern({ role }));
  const restoring = createCommand(() => govern({ suspended: false }));
  const give = async (role: Role) => {
    if (!(await giving.run(role))) setTurn((before) => before + 1); // refused: the menu shows what holds
  };
  const note = () => {
    const seen = props.user.lastSeenAt === null ? t('neverHere') : t('lastHere', calendar.brief(props.user.lastSeenAt, now()));
    return [`@${props.user.username}`, props.user.email, seen].filter((part) => part !== null).join(' · ');
  };
  return (
    <li class="member governed">
      <PersonLine user={props.user} note={note()} me={props.user.id === me().id} />
      <div class="governed-verbs">
        <Show when={props.user.suspended}>
          <span class="tag tag-warning">{t('suspended')}</span>
        </Show>
        <Show when={turn() + 1} keyed>
          <Select
            label={t('roleOf', props.user.name)}
            quiet
            value={props.user.role}
            options={roles.map(({ value, text }) => ({ value, text: t(text) }))}
            onChoose={(role) => void give(role)}
          />
        </Show>
        <Show when={props.user.id !== me().id}>
          <Show
            when={!props.user.suspended}
            fallback={
              <Button busy={restoring.busy()} aria-label={t('letInAgainOf', props.user.name)} onClick={() => void restoring.run()}>
                {t('letInAgain')}
              </Button>
            }
          >
            <Button look="quiet" class="button-leave" aria-label={t('suspendOf', props.user.name)} onClick={() => setAsking(true)}>
              {t('suspend')}
            </Button>
          </Show>
        </Show>
      </div>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title={t('suspendAsked', props.user.name)}
        description={t('suspendHint')}
        verb={t('suspend')}
        onConfirm={() => govern({ suspended: true })}
      />
    </li>
  );
}
