import { type Conversation, limits, type Member } from '@koreromai/contract';
import UserMinus from 'lucide-solid/icons/user-minus';
import { createSignal, Show } from 'solid-js';
import { useClient, useMe } from '../session/session.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PersonLine } from './person-line.tsx';
import { mayRemove } from './rights.ts';
import { RoleMenu } from './role-menu.tsx';
import { t } from './words.ts';

interface MemberRowProps {
  member: Member;
  conversation: Conversation;
}

const roles = { owner: 'owner', admin: 'admin', member: undefined } as const;

export function MemberRow(props: MemberRowProps) {
  const client = useClient();
  const me = useMe();
  const [asking, setAsking] = createSignal(false);
  const user = () => props.member.user;
  const tooFew = () => props.conversation.seats <= limits.group.minSeats;
  return (
    <li class="member">
      <PersonLine user={user()} me={user().id === me().id} />
      <Show when={roles[props.member.role]}>{(role) => <span class="tag">{t(role())}</span>}</Show>
      <Show when={props.conversation.kind === 'group' && props.conversation.myRole === 'owner' && user().id !== me().id}>
        <RoleMenu member={props.member} conversation={props.conversation} />
      </Show>
      <Show when={mayRemove(props.conversation, props.member)}>
        <IconButton label={t('removeOf', user().name)} onClick={() => setAsking(true)}>
          <UserMinus size={18} aria-hidden="true" />
        </IconButton>
        <Show
          when={tooFew()}
          fallback={
            <Confirm
              open={asking()}
              onClose={() => setAsking(false)}
              title={t('removeAsked', user().name)}
              description={t('removeHint')}
              verb={t('remove')}
              onConfirm={() => client.removeMember(props.conversation.id, user().id)}
            />
          }
        >
          <Dialog
            open={asking()}
            onClose={() => setAsking(false)}
            title={t('cannotRemoveYet', user().name)}
            description={t('minSeats', limits.group.minSeats)}
          />
        </Show>
      </Show>
    </li>
  );
}
