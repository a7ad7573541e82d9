import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import type { Conversation, Member } from '@koreromai/contract';
import EllipsisVertical from 'lucide-solid/icons/ellipsis-vertical';
import { createSignal, Show } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { createCommand } from '../ui/command.ts';
import { Confirm } from '../ui/confirm.tsx';
import '../ui/icon-button.css';
import '../ui/menu.css';
import { t } from './words.ts';

/** For the owner: makes somebody an admin, takes that back, or hands the group over. */
export function RoleMenu(props: { member: Member; conversation: Conversation }) {
  const client = useClient();
  const [handing, setHanding] = createSignal(false);
  const user = () => props.member.user;
  const admin = () => props.member.role === 'admin';
  const { run } = createCommand(() =>
    client.api.members.setRole.mutate({
      conversationId: props.conversation.id,
      userId: user().id,
      role: admin() ? 'member' : 'admin',
    }),
  );
  return (
    <>
      <DropdownMenu placement="bottom-end" gutter={4} modal={false}>
        <DropdownMenu.Trigger class="icon-button" aria-label={t('roleOf', user().name)}>
          <EllipsisVertical size={18} aria-hidden="true" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Content class="menu">
          <DropdownMenu.Item class="menu-item" onSelect={() => void run()}>
            <Show when={admin()} fallback={t('makeAdmin')}>
              {t('noLongerAdmin')}
            </Show>
          </DropdownMenu.Item>
          <DropdownMenu.Item class="menu-item" onSelect={() => setHanding(true)}>
            {t('makeOwnerChoice')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu>
      <Confirm
        open={handing()}
        onClose={() => setHanding(false)}
        title={t('makeOwnerAsked', user().name)}
        description={t('makeOwnerHint')}
        verb={t('makeOwner')}
        onConfirm={() => client.updateConversation({ conversationId: props.conversation.id, ownerId: user().id })}
      />
    </>
  );
}
