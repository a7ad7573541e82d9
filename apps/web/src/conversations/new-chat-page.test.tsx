import { type Created, limits } from '@koreromai/contract';
import { Route, Router } from '@solidjs/router';
import { fireEvent, render, screen } from '@solidjs/testing-library';
import { describe, expect, test } from 'vitest';
import { SessionProvider } from '../session/session.tsx';
import { group, signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import NewChatPage from './new-chat-page.tsx';

const show = (answer: Created = { status: 'created', conversation: group() }) => {
  const client = makeFakeClient(signedIn());
  client.answer('createConversation', () => answer);
  render(() => (
    <SessionProvider client={client}>
      <Router>
        <Route path="*" component={NewChatPage} />
      </Router>
    </SessionProvider>
  ));
  const invite = (count: number) => {
    const box = screen.getByLabelText('With whom?');
    fireEvent.input(box, { target: { value: Array.from({ length: count }, (_, at) => `guest${at}@example.org`).join(',') } });
    fireEvent.keyDown(box, { key: 'Enter' });
  };
  const submit = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
  return { client, invite, submit };
};

describe('starting a chat', () => {
  test('UI22, C5: with one other it says that this is a direct chat, and starts one', async () => {
    const { client, invite, submit } = show();
    invite(1);
    expect(screen.getByTestId('seats')).toHaveTextContent('2 of 10');
    expect(screen.getByText('Two people make a direct chat. For a group, add one more.')).toBeInTheDocument();
    submit('Start direct chat');
    expect(client.asked).toEqual([{ verb: 'createConversation', with: [{ kind: 'direct', person: 'guest0@example.org' }] }]);
  });

  test('UI22, C6: with ten others it warns before anything is sent, and sends nothing', () => {
    const { client, invite, submit } = show();
    invite(limits.group.maxSeats);
    expect(screen.getByTestId('seats')).toHaveTextContent('11 of 10');
    expect(screen.getByRole('alert')).toHaveTextContent('A group holds at most 10 people, you included. Remove one person.');
    submit('Create group');
    expect(client.asked).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Remove guest3@example.org' }));
    submit('Create group');
    expect(client.asked).toHaveLength(1);
  });

  test('UI22: an entry that is no address keeps the form back', () => {
    const { client, invite, submit } = show();
    invite(3);
    const box = screen.getByLabelText('With whom?');
    fireEvent.input(box, { target: { value: 'nonsense' } });
    fireEvent.blur(box);
    submit('Create group');
    expect(client.asked).toEqual([]);
  });

  test('C7: for unknown addresses it shows the link to pass on', async () => {
    const link = 'https://chat.example/join/secret';
    const pending = { id: 'p', email: 'guest0@example.org', status: 'pending' as const, link, expiresAt: '2026-12-05T00:00:00.000Z' };
    const { invite, submit } = show({ status: 'created', conversation: group({ pending: [pending] }) });
    invite(2);
    submit('Create group');
    expect(await screen.findByLabelText('Link for guest0@example.org')).toHaveValue(link);
    expect(screen.getByRole('button', { name: 'Copy the link for guest0@example.org' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Open the chat' })).toHaveAttribute('href', '/c/group');
  });
});
