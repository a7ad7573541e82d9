import { A, useLocation } from '@solidjs/router';
import SquarePen from 'lucide-solid/icons/square-pen';
import { lazy, Show, Suspense } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Wordmark } from '../ui/brand.tsx';
import { createMedia } from '../ui/viewport.ts';
import { ConversationList } from './conversation-list.tsx';
import { viewOf } from './paths.ts';
import { Places } from './places.tsx';
import './list-pane.css';
import '../ui/icon-button.css';
import { t } from './words.ts';

const AccountMenu = lazy(() => import('./account-menu.tsx'));

export function ListPane() {
  const location = useLocation();
  const beside = createMedia('(min-width: 50rem)');
  // On a narrow screen the list is the page, and screen readers look for a page's main part.
  const alone = () => !beside() && viewOf(location.pathname) === 'list';
  return (
    <Dynamic
      component={beside() ? 'nav' : 'main'}
      class="list-pane pane"
      id={alone() ? 'main' : undefined}
      aria-label={t('chats')}
      data-landmark
      tabindex="-1"
    >
      <Show when={alone()}>
        <h1 class="quiet">{t('chats')}</h1>
      </Show>
      <header class="list-head">
        <A href="/" class="list-home" aria-label={t('allChats')}>
          <Wordmark />
        </A>
        <A href="/new" class="icon-button" aria-label={t('newChat')} title={t('newChat')}>
          <SquarePen size={20} aria-hidden="true" />
        </A>
        <Suspense fallback={<span class="account" />}>
          <AccountMenu />
        </Suspense>
      </header>
      <Places />
      <ConversationList />
    </Dynamic>
  );
}
