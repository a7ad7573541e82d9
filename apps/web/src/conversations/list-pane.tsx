import { A } from '@solidjs/router';
import SquarePen from 'lucide-solid/icons/square-pen';
import { ConnectionBar } from '../session/connection-bar.tsx';
import { Wordmark } from '../ui/brand.tsx';
import { AccountMenu } from './account-menu.tsx';
import { ConversationList } from './conversation-list.tsx';
import './list-pane.css';

export function ListPane() {
  return (
    <nav class="list-pane pane" aria-label="Chats" data-landmark tabindex="-1">
      <header class="list-head">
        <A href="/" class="list-home" aria-label="KoreroMai, all chats">
          <Wordmark />
        </A>
        <A href="/new" class="icon-button" aria-label="New chat" title="New chat">
          <SquarePen size={20} aria-hidden="true" />
        </A>
        <AccountMenu />
      </header>
      <ConnectionBar />
      <ConversationList />
    </nav>
  );
}
