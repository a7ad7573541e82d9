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

type Role = AdminUser['role'];
const roles: { value: Role; text: string }[] = [
  { value: 'user', text: 'User' },
  { value: 'moderator', text: 'Moderator' },
  { value: 'admin', text: 'Admin' },
];
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
    const seen = props.user.lastSeenAt === null ? 'never here' : `last here ${calendar.brief(props.user.lastSeenAt, now())}`;
    return [`@${props.user.username}`, props.user.email, seen].filter((part) => part !== null).join(' · ');
  };
  return (
    <li class="member governed">
      <PersonLine user={props.user} note={note()} me={props.user.id === me().id} />
      <div class="governed-verbs">
        <Show when={props.user.suspended}>
          <span class="tag tag-warning">Suspended</span>
        </Show>
        <Show when={turn() + 1} keyed>
          <Select label={`Role of ${props.user.name}`} quiet value={props.user.role} options={roles} onChoose={(role) => void give(role)} />
        </Show>
        <Show when={props.user.id !== me().id}>
          <Show
            when={!props.user.suspended}
            fallback={
              <Button busy={restoring.busy()} aria-label={`Let ${props.user.name} in again`} onClick={() => void restoring.run()}>
                Let in again
              </Button>
            }
          >
            <Button look="quiet" class="button-leave" aria-label={`Suspend ${props.user.name}`} onClick={() => setAsking(true)}>
              Suspend
            </Button>
          </Show>
        </Show>
      </div>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title={`Suspend ${props.user.name}?`}
        description="They are signed out everywhere at once and cannot sign in until you let them in again. What they wrote stays."
        verb="Suspend"
        onConfirm={() => govern({ suspended: true })}
      />
    </li>
  );
}
