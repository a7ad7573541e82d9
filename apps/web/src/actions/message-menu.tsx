import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import type { Message } from '@koreromai/client';
import type { Conversation } from '@koreromai/contract';
import Copy from 'lucide-solid/icons/copy';
import EyeOff from 'lucide-solid/icons/eye-off';
import SmilePlus from 'lucide-solid/icons/face-slightly-smiling-plus';
import Flag from 'lucide-solid/icons/flag';
import Heart from 'lucide-solid/icons/heart';
import Link from 'lucide-solid/icons/link';
import Mail from 'lucide-solid/icons/mail';
import Pencil from 'lucide-solid/icons/pencil';
import Pin from 'lucide-solid/icons/pin';
import Reply from 'lucide-solid/icons/reply';
import Trash2 from 'lucide-solid/icons/trash';
import { type Component, For, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { useClient, useMe } from '../session/session.tsx';
import { createAfterClosing } from '../ui/after-closing.ts';
import { type Menu, useTalk } from './talk.tsx';
import { doVerb, type MessageVerb, verbsFor } from './verbs.ts';
import '../ui/menu.css';
import { t } from './words.ts';

const icons: Record<MessageVerb, Component<{ size: number; 'aria-hidden': 'true' }>> = {
  ...{ like: Heart, react: SmilePlus, answer: Reply, edit: Pencil, copy: Copy, link: Link },
  ...{ pin: Pin, unread: Mail, report: Flag, hide: EyeOff, delete: Trash2 },
};

/** One menu for all messages of a chat, opened where somebody asked for it (UI12). */
export default function MessageMenu(props: { menu: Menu; conversation: Conversation }) {
  const client = useClient();
  const talk = useTalk();
  const me = useMe();
  const menu = props.menu;
  const verbs = verbsFor(menu.message, props.conversation, me());
  let chosen: MessageVerb | undefined;
  /** First the focus goes home, so that whatever the verb opens knows where to bring it back to. */
  const closed = createAfterClosing(() => {
    menu.opener?.focus({ preventScroll: true });
    if (chosen !== undefined) doVerb(chosen, menu.message, { client, talk, spot: menu });
  });
  return (
    <DropdownMenu
      defaultOpen
      onOpenChange={(open) => !open && talk.openMenu(null)}
      getAnchorRect={() => menu.rect}
      placement="bottom-start"
      gutter={4}
      modal={false}
    >
      {/* in place, and so inside a landmark */}
      <DropdownMenu.Content class="menu" aria-label={t('whatToDo')} onCloseAutoFocus={closed}>
        <For each={verbs}>
          {(verb) => (
            <>
              <Show when={verb === (verbs.includes('report') ? 'report' : 'hide') && verbs.length > 1}>
                <DropdownMenu.Separator class="menu-line" />
              </Show>
              <DropdownMenu.Item
                class="menu-item"
                classList={{ 'menu-danger': verb === 'delete' }}
                onSelect={() => {
                  chosen = verb;
                }}
              >
                <Dynamic component={icons[verb]} size={18} aria-hidden="true" />
                {wordOf(verb, menu.message)}
              </DropdownMenu.Item>
            </>
          )}
        </For>
      </DropdownMenu.Content>
    </DropdownMenu>
  );
}

function wordOf(verb: MessageVerb, message: Message): string {
  if (verb === 'like' && message.likedByMe) return t('unlike');
  return verb === 'pin' && message.pinned ? t('unpin') : t(verb);
}
