import { unreadTotal } from '@koreromai/client';
import { useLocation, useNavigate } from '@solidjs/router';
import { createEffect, onCleanup, onMount, type ParentProps } from 'solid-js';
import { followNotices, pushState } from '../offline/push.ts';
import { watchRoom } from '../rooms/watch-room.ts';
import { QuickSwitch } from '../search/quick-switch.tsx';
import { ConnectionBar } from '../session/connection-bar.tsx';
import { useClient, useMe, useState } from '../session/session.tsx';
import { ShortcutHelp } from '../settings/shortcut-help.tsx';
import { Shortcuts } from '../settings/shortcuts.tsx';
import { followWithFocus } from './focus-follow.ts';
import { ListPane } from './list-pane.tsx';
import { currentChat, viewOf } from './paths.ts';
import { pageTitle } from './title-count.ts';
import './chats-layout.css';
import { t } from './words.ts';

/** List, chat and details: side by side where there is room, stacked where there is not (UI31). */
export function ChatsLayout(props: ParentProps) {
  const location = useLocation();
  const unread = useState(unreadTotal);
  watchRoom(() => currentChat(location.pathname));
  followWithFocus(() => location.pathname);
  const navigate = useNavigate();
  const { api } = useClient();
  const me = useMe();
  onCleanup(followNotices(navigate));
  onMount(() => void pushState(api, me().id));
  createEffect(() => {
    document.title = pageTitle(unread());
  });
  onCleanup(() => {
    document.title = pageTitle(0);
  });
  return (
    <ShortcutHelp>
      <QuickSwitch>
        <a class="skip" href="#main">
          {t('skip')}
        </a>
        <div class="house">
          <ConnectionBar />
          <div class="panes" data-view={viewOf(location.pathname)}>
            <ListPane />
            {props.children}
          </div>
        </div>
        <Shortcuts />
      </QuickSwitch>
    </ShortcutHelp>
  );
}
