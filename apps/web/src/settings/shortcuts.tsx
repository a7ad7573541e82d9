import { type Conversation, conversationsByActivity } from '@koreromai/client';
import { useLocation, useNavigate } from '@solidjs/router';
import { onCleanup, onMount } from 'solid-js';
import { chatHref, currentChat } from '../conversations/paths.ts';
import { useQuickSwitch } from '../search/quick-switch.tsx';
import { useClient } from '../session/session.tsx';
import { toast } from '../ui/toast.tsx';
import { useShortcutHelp } from './shortcut-help.tsx';
import { type Verb, verbOf } from './shortcut-table.ts';
import { t } from './words.ts';

/** Listens for the shortcuts of the table while somebody is signed in. */
export function Shortcuts() {
  const client = useClient();
  const navigate = useNavigate();
  const location = useLocation();
  const help = useShortcutHelp();
  const quick = useQuickSwitch();
  const searchIn = (chat: string | undefined) => navigate(chat === undefined ? '/search' : `/search?in=${chat}`);

  const toChat = (step: 1 | -1, unreadOnly: boolean) => {
    const all = conversationsByActivity(client.store.get());
    const at = all.findIndex((each) => each.id === currentChat(location.pathname));
    const start = at === -1 && step === -1 ? all.length : at;
    for (let next = start + step; next >= 0 && next < all.length; next += step) {
      const found = all[next];
      if (found !== undefined && (!unreadOnly || found.unreadCount > 0)) return navigate(chatHref(found.id));
    }
  };
  const markRead = (chat: Conversation | undefined) => {
    if (chat !== undefined && chat.unreadCount > 0) client.markRead(chat.id, chat.seq);
  };
  const verbs: Record<Verb, () => void> = {
    previousChat: () => toChat(-1, false),
    nextChat: () => toChat(1, false),
    previousUnread: () => toChat(-1, true),
    nextUnread: () => toChat(1, true),
    quickSwitch: () => quick.open(),
    searchHere: () => searchIn(currentChat(location.pathname)),
    search: () => searchIn(undefined),
    newChat: () => navigate('/new'),
    rooms: () => navigate('/rooms'),
    people: () => navigate('/people'),
    nextLandmark: () => toLandmark(1),
    previousLandmark: () => toLandmark(-1),
    help: () => help.open(),
    markRead: () => markRead(client.store.get().conversations[currentChat(location.pathname) ?? '']),
    markAllRead: () => {
      for (const chat of Object.values(client.store.get().conversations)) markRead(chat);
      toast(t('allRead'));
    },
  };
  const pressed = (event: KeyboardEvent) => {
    const verb = event.defaultPrevented || event.isComposing ? undefined : verbOf(event, writes(event.target));
    // A dialog or a menu has the word while it is open.
    if (verb === undefined || document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null) return;
    event.preventDefault();
    verbs[verb]();
  };
  onMount(() => document.addEventListener('keydown', pressed));
  onCleanup(() => document.removeEventListener('keydown', pressed));
  return null;
}

const writes = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** The panes that can be seen, in order; in the chat the focus goes where one writes. */
function toLandmark(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-landmark]')].filter(
    (pane) => getComputedStyle(pane).visibility === 'visible',
  );
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const pane = panes[(at + step + panes.length) % panes.length];
  const inside = pane?.querySelector<HTMLElement>('[data-composer], a[aria-current="page"]');
  (inside ?? pane)?.focus();
}
