import { render, screen, waitFor } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { SessionProvider } from '../session/session.tsx';
import { signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import { askPresence, PresenceDot } from './presence.tsx';

test('UI25: who is here is asked for once, told from then on, and said in words as well', async () => {
  const client = makeFakeClient(signedIn());
  client.answer('loadPresence', (ids: readonly string[]) => client.change({ presence: Object.fromEntries(ids.map((id) => [id, true])) }));
  const [ids, setIds] = createSignal(['ben']);
  const Asking = () => {
    askPresence(ids);
    return <PresenceDot userId="ben" />;
  };
  const { container } = render(() => (
    <SessionProvider client={client}>
      <Asking />
    </SessionProvider>
  ));
  expect(container).toHaveTextContent('');
  expect(await screen.findByText('Online')).toBeInTheDocument();
  setIds(['ben', 'mere']);
  await waitFor(() => expect(client.asked.map((each) => each.with)).toEqual([[['ben']], [['mere']]]));
  client.change({ presence: { ben: false } });
  expect(screen.getByText('Away')).toBeInTheDocument();
});
