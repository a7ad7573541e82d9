import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import type { Conversation, Member } from '@koreromai/contract';
import EllipsisVertical from 'lucide-solid/icons/ellipsis-vertical';
import { createSignal, Show } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { createCommand } from '../ui/command.ts';
import { Confirm } from '../ui/confirm.tsx';
import '../ui/icon-button.css';
import '../ui/menu.css';

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
        <DropdownMenu.Trigger class="icon-button" aria-label={`Role of ${user().name}`}>
          <EllipsisVertical size={18} aria-hidden="true" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Content class="menu">
          <DropdownMenu.Item class="menu-item" onSelect={() => void run()}>
            <Show when={admin()} fallback="Make admin">
              No longer admin
            </Show>
          </DropdownMenu.Item>
          <DropdownMenu.Item class="menu-item" onSelect={() => setHanding(true)}>
            Make owner…
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu>
      <Confirm
        open={handing()}
        onClose={() => setHanding(false)}
        title={`Make ${user().name} the owner?`}
        description="The group is theirs then, and you are a member of it. Only they can give it back."
        verb="Make owner"
        onConfirm={() => client.updateConversation({ conversationId: props.conversation.id, ownerId: user().id })}
      />
    </>
  );
}
