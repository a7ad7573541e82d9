import { Route, Router } from '@solidjs/router';
import { fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { SessionProvider } from '../session/session.tsx';
import { ben, group, mere, message, signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import { Pins } from './pins.tsx';

const pinned = {
  message: message({ seq: 3, text: 'The key is under the mat', pinned: true }),
  pinnedBy: mere,
  pinnedAt: '2026-11-21T01:00:00.000Z',
};

function show(parts: Parameters<typeof group>[0] = {}, items = [pinned]) {
  const client = makeFakeClient(signedIn({ conversations: { group: group(parts) } }));
  const removed: unknown[] = [];
  const pins = {
    list: { query: async () => ({ items, nextCursor: null }) },
    remove: { mutate: async (input: unknown) => removed.push(input) },
  };
  Object.assign(client, { api: { pins } });
  render(() => (
    <SessionProvider client={client}>
      <Router>
        <Route path="*" component={() => <Pins conversation={group(parts)} />} />
      </Router>
    </SessionProvider>
  ));
  return removed;
}

test('UI39: what is pinned leads to where it was said, and the pin comes off at once', async () => {
  const removed = show();
  const link = await screen.findByRole('link', { name: /The key is under the mat/ });
  expect(link).toHaveAttribute('href', '/c/group/m/3');
  expect(link).toHaveTextContent(`${ben.name}`);
  expect(link).toHaveTextContent('Pinned by Mere');
  fireEvent.click(screen.getByRole('button', { name: 'Take off the pin: The key is under the mat' }));
  await waitFor(() => expect(link).not.toBeInTheDocument());
  expect(removed).toEqual([{ messageId: 'message-3' }]);
  expect(screen.getByText('Nothing is pinned')).toBeInTheDocument();
});

test('UI39: in a room only those who keep it take a pin off', async () => {
  show({ kind: 'room', myRole: 'member' });
  await screen.findByRole('link', { name: /The key/ });
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});
