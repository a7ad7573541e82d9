import type { Client } from '@koreromai/client';
import { A, Route, Router } from '@solidjs/router';
import { ErrorBoundary, lazy, type ParentProps, Suspense } from 'solid-js';
import { createDrafts, type DraftStorage, DraftsProvider } from './composer/drafts.tsx';
import { ChatsLayout } from './conversations/chats-layout.tsx';
import { WelcomePage } from './conversations/welcome-page.tsx';
import { RequireSession } from './session/require-session.tsx';
import { SessionProvider } from './session/session.tsx';
import { SignInPage } from './session/sign-in-page.tsx';
import { SignUpPage } from './session/sign-up-page.tsx';
import { Blank } from './ui/blank.tsx';
import { Button } from './ui/button.tsx';
import { Toasts } from './ui/toast.tsx';
import { t } from './ui/words.ts';

// What the first screen does not need comes after it; a chat that is asked for by its address comes beside it.
const chatPage = () => import('./timeline/chat-page.tsx');
if (location.pathname.startsWith('/c/')) void chatPage();
const ChatPage = lazy(chatPage);
const AdminPage = lazy(() => import('./admin/admin-page.tsx'));
const AnalyticsPage = lazy(() => import('./analytics/analytics-page.tsx'));
const DetailsPage = lazy(() => import('./people/details-page.tsx'));
const PeoplePage = lazy(() => import('./people/people-page.tsx'));
const ProfilePage = lazy(() => import('./people/profile-page.tsx'));
const RoomsPage = lazy(() => import('./rooms/rooms-page.tsx'));
const NewRoomPage = lazy(() => import('./rooms/new-room-page.tsx'));
const RoomDoorPage = lazy(() => import('./rooms/room-door-page.tsx'));
const JoinPage = lazy(() => import('./people/join-page.tsx'));
const NewChatPage = lazy(() => import('./conversations/new-chat-page.tsx'));
const MentionsPage = lazy(() => import('./search/mentions-page.tsx'));
const SearchPage = lazy(() => import('./search/search-page.tsx'));
const ForgotPage = lazy(() => import('./session/forgot-page.tsx'));
const ResetPage = lazy(() => import('./session/reset-page.tsx'));
const SharePage = lazy(() => import('./conversations/share-page.tsx'));
const SettingsPage = lazy(() => import('./settings/settings-page.tsx'));

export function App(props: { client: Client; drafts: DraftStorage }) {
  const drafts = createDrafts(props.drafts, props.client);
  return (
    <ErrorBoundary
      fallback={(error: unknown) => {
        reportError(error); // the boundary would keep it to itself
        return <Broken />;
      }}
    >
      <SessionProvider client={props.client}>
        <DraftsProvider drafts={drafts}>
          <Router root={(page) => <Suspense>{page.children}</Suspense>}>
            <Route path="/sign-in" component={SignInPage} />
            <Route path="/sign-up" component={SignUpPage} />
            <Route path="/forgot" component={ForgotPage} />
            <Route path="/reset/:token" component={ResetPage} />
            <Route path="/join/:token" component={JoinPage} />
            <Route path="/" component={Inside}>
              <Route path="/" component={WelcomePage} />
              <Route path="/new" component={NewChatPage} />
              <Route path="/share" component={SharePage} />
              <Route path="/settings" component={SettingsPage} />
              <Route path="/search" component={SearchPage} />
              <Route path="/mentions" component={MentionsPage} />
              <Route path="/people" component={PeoplePage} />
              <Route path="/people/:id" component={ProfilePage} />
              <Route path="/analytics" component={AnalyticsPage} />
              <Route path="/admin" component={AdminPage} />
              <Route path="/rooms" component={RoomsPage} />
              <Route path="/rooms/new" component={NewRoomPage} />
              <Route path="/rooms/:id" component={RoomDoorPage} />
              <Route path="/c/:id" component={ChatPage}>
                <Route path="/" />
                <Route path="/details" component={DetailsPage} />
                <Route path="/m/:seq" />
              </Route>
            </Route>
            <Route path="*" component={NotFound} />
          </Router>
          <Toasts />
        </DraftsProvider>
      </SessionProvider>
    </ErrorBoundary>
  );
}

const Inside = (props: ParentProps) => (
  <RequireSession>
    <ChatsLayout>
      <Suspense>{props.children}</Suspense>
    </ChatsLayout>
  </RequireSession>
);

const NotFound = () => (
  <main class="starting" id="main">
    <Blank
      heading="h1"
      title={t('nothingHere')}
      action={
        <A href="/" class="button button-primary">
          {t('toYourChats')}
        </A>
      }
    >
      <p>{t('nothingHereWhy')}</p>
    </Blank>
  </main>
);

const Broken = () => (
  <main class="starting" id="main">
    <Blank heading="h1" title={t('broken')} action={<Button onClick={() => location.reload()}>{t('loadAgain')}</Button>}>
      <p>{t('brokenWhy')}</p>
    </Blank>
  </main>
);
