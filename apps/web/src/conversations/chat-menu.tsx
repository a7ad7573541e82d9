import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { refusalOf } from '@koreromai/client';
import type { Conversation } from '@koreromai/contract';
import { useLocation, useNavigate } from '@solidjs/router';
import Bell from 'lucide-solid/icons/bell';
import BellOff from 'lucide-solid/icons/bell-off';
import EyeOff from 'lucide-solid/icons/eye-off';
import Info from 'lucide-solid/icons/info';
import Mail from 'lucide-solid/icons/mail';
import MailOpen from 'lucide-solid/icons/mail-open';
import { type Component, For, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { reasonOf } from '../language/refusals.ts';
import { type MuteSpan, muteSpans, spanText } from '../people/muting.ts';
import { useClient, useMe } from '../session/session.tsx';
import { createAfterClosing } from '../ui/after-closing.ts';
import type { Spot } from '../ui/spot.ts';
import { toast } from '../ui/toast.tsx';
import { type ChatVerb, chatVerbs, doChatVerb } from './chat-verbs.ts';
import { titleOf } from './naming.ts';
import { chatHref, currentChat } from './paths.ts';
import '../ui/menu.css';
import { t } from './words.ts';

const icons: Record<ChatVerb, Component<{ size: number; 'aria-hidden': 'true' }>> = {
  ...{ read: MailOpen, unread: Mail, mute: BellOff, unmute: Bell, details: Info, hide: EyeOff },
};
const words = { read: 'markRead', unread: 'markUnread', mute: 'mute', unmute: 'unmute', details: 'details', hide: 'hide' } as const;

/** One menu for all chats of the list, opened where somebody asked for it. */
export default function ChatMenu(props: { conversation: Conversation; spot: Spot; now: number; onClose: () => void }) {
  const client = useClient();
  const me = useMe();
  const location = useLocation();
  const navigate = useNavigate();
  const { spot } = props;
  let chosen: { readonly verb: ChatVerb; readonly conversation: Conversation; readonly span?: MuteSpan } | undefined;
  const run = async ({ verb, conversation, span }: NonNullable<typeof chosen>) => {
    if (verb === 'details') return navigate(chatHref(conversation.id, true));
    if (verb === 'hide') neighbour(spot.opener)?.focus(); // its own row goes
    try {
      await doChatVerb(verb, conversation, client, span);
      if (verb === 'hide' && currentChat(location.pathname) === conversation.id) navigate('/', { replace: true });
    } catch (error) {
      toast(reasonOf(refusalOf(error)));
    }
  };
  const choose = (verb: ChatVerb, span?: MuteSpan) => {
    chosen = { verb, conversation: props.conversation, ...(span && { span }) };
  };
  const closed = createAfterClosing(() => {
    spot.opener?.focus({ preventScroll: true });
    if (chosen !== undefined) void run(chosen);
  });
  return (
    <DropdownMenu
      defaultOpen
      onOpenChange={(open) => !open && props.onClose()}
      getAnchorRect={() => spot.rect}
      placement="bottom-start"
      gutter={4}
      modal={false}
    >
      {/* in place, and so inside a landmark */}
      <DropdownMenu.Content class="menu" aria-label={t('chatMenuOf', titleOf(props.conversation, me().id))} onCloseAutoFocus={closed}>
        <For each={chatVerbs(props.conversation, me().id, props.now)}>
          {(verb) => (
            <Show when={verb === 'mute'} fallback={<Item verb={verb} onSelect={() => choose(verb)} />}>
              <MuteChoices onSelect={(span) => choose('mute', span)} />
            </Show>
          )}
        </For>
      </DropdownMenu.Content>
    </DropdownMenu>
  );
}

function Item(props: { verb: ChatVerb; onSelect: () => void }) {
  return (
    <DropdownMenu.Item class="menu-item" onSelect={props.onSelect}>
      <Dynamic component={icons[props.verb]} size={18} aria-hidden="true" />
      {t(words[props.verb])}
    </DropdownMenu.Item>
  );
}

/** For how long, asked at once: nobody has to find a second menu for it. */
function MuteChoices(props: { onSelect: (span: MuteSpan) => void }) {
  return (
    <DropdownMenu.Group class="menu-group">
      <DropdownMenu.GroupLabel class="menu-label">
        <BellOff size={18} aria-hidden="true" />
        {t('mute')}
      </DropdownMenu.GroupLabel>
      <For each={muteSpans}>
        {(span) => (
          <DropdownMenu.Item class="menu-item menu-under" onSelect={() => props.onSelect(span)}>
            {spanText(span)}
          </DropdownMenu.Item>
        )}
      </For>
    </DropdownMenu.Group>
  );
}

const neighbour = (row: HTMLElement | null): HTMLElement | null => {
  const item = row?.closest('li');
  return (item?.nextElementSibling ?? item?.previousElementSibling)?.querySelector<HTMLElement>('[data-conversation]') ?? null;
};
