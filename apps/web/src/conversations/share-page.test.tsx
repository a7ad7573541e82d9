import { Route, Router } from '@solidjs/router';
import { fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { createDrafts, DraftsProvider } from '../composer/drafts.tsx';
import { RequireSession } from '../session/require-session.tsx';
import { SessionProvider } from '../session/session.tsx';
import { group, signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import SharePage from './share-page.tsx';

const waka = group({ id: 'waka', name: 'Waka' });
const closed = group({ id: 'closed', name: 'Hāngī', state: 'closed' });

const show = (search: string, state = signedIn({ conversations: { waka, closed } })) => {
  window.history.replaceState(null, '', `/share${search}`);
  const client = makeFakeClient(state);
  render(() => (
    <SessionProvider client={client}>
      <DraftsProvider drafts={createDrafts(null, client)}>
        <Router>
          <Route
            path="/share"
            component={() => (
              <RequireSession>
                <SharePage />
              </RequireSession>
            )}
          />
          <Route path="/c/:id" component={() => <h1>The chat</h1>} />
          <Route path="/sign-in" component={() => <h1>The door</h1>} />
        </Router>
      </DraftsProvider>
    </SessionProvider>
  ));
  return client;
};

test('UI44: what another app shares is put behind what I began to write in the chat I choose, each part once', async () => {
  const [text, url] = ['Low at ten https://tides.example', 'https://tides.example'].map(encodeURIComponent);
  const begun = signedIn({ conversations: { waka, closed }, drafts: { waka: 'Look: ' } });
  const client = show(`?title=Tides&text=${text}&url=${url}`, begun);
  expect(screen.queryByRole('link', { name: 'Hāngī' })).toBeNull();
  fireEvent.click(screen.getByRole('link', { name: 'Waka' }));
  expect(await screen.findByRole('heading', { name: 'The chat' })).toBeInTheDocument();
  const whole = 'Look:\nTides\nLow at ten https://tides.example';
  expect(client.asked).toContainEqual({ verb: 'writeDraft', with: ['waka', whole] });
});

test('UI37: nothing shared and no chats are said', () => {
  show('');
  expect(screen.getByRole('heading', { name: 'Nothing was shared' })).toBeInTheDocument();
});

test('UI37: who has no chat yet is led to start one', () => {
  show('?text=Kia+ora', signedIn());
  expect(screen.getByRole('link', { name: 'Start a chat' })).toHaveAttribute('href', '/new');
});

test('UI44: who has to sign in first comes back to what was shared', async () => {
  show('?text=Kia+ora', { connection: { status: 'signedOut', reason: 'none' } });
  expect(await screen.findByRole('heading', { name: 'The door' })).toBeInTheDocument();
  await waitFor(() => expect(new URLSearchParams(window.location.search).get('to')).toBe('/share?text=Kia+ora'));
});
