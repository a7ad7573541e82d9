import type { Room } from '@koreromai/contract';
import { Refusal } from '@koreromai/contract';
import { Route, Router } from '@solidjs/router';
import { fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { describe, expect, test } from 'vitest';
import { SessionProvider } from '../session/session.tsx';
import { group, signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import RoomsPage from './rooms-page.tsx';

const room = (name: string, parts: Partial<Room> = {}): Room => ({
  ...group({ id: name }),
  kind: 'room',
  name,
  access: 'public',
  history: 'all',
  listed: true,
  canEnter: true,
  following: false,
  followers: 0,
  lastVisitedAt: null,
  myMessages: 0,
  myRole: null,
  ...parts,
});

/** A client whose list of rooms answers what the test says, one answer after the other. */
function show(...answers: (() => Promise<{ items: Room[]; nextCursor: string | null }>)[]) {
  const asked: { query: string; sort: string; cursor: string | null }[] = [];
  const list = { query: (input: (typeof asked)[number]) => asked.push(input) && (answers.length > 1 ? answers.shift() : answers[0])?.() };
  const follow = { mutate: () => Promise.resolve() };
  const client = Object.assign(Object.create(makeFakeClient(signedIn())), { api: { rooms: { list, follow } } });
  window.history.replaceState(null, '', '/rooms');
  render(() => (
    <SessionProvider client={client}>
      <Router>
        <Route path="*" component={RoomsPage} />
      </Router>
    </SessionProvider>
  ));
  return asked;
}
const page =
  (items: Room[], nextCursor: string | null = null) =>
  () =>
    Promise.resolve({ items, nextCursor });

describe('the list of rooms', () => {
  test('UI38: a lock says why it is there, and leads to the door instead of inside', async () => {
    const shut = { canEnter: false };
    show(
      page([
        room('Open'),
        room('Secret', { ...shut, access: 'password' }),
        room('Listed', { ...shut, access: 'allowlist' }),
        room('Denied', shut),
      ]),
    );
    expect(await screen.findByText('Locked: needs its password')).toBeInTheDocument();
    expect(screen.getByText('Locked: only for people on its list')).toBeInTheDocument();
    expect(screen.getByText('Locked: you were put on its deny list')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Open' })).toHaveAttribute('href', '/c/Open');
    expect(screen.getByRole('link', { name: 'Secret' })).toHaveAttribute('href', '/rooms/Secret');
    expect(screen.getAllByRole('button', { name: /^Follow/ })).toHaveLength(1);
  });

  test('UI38: a room says how many follow it, also as I follow it, and nothing where that is not told', async () => {
    show(page([room('Open', { followers: 1_299 }), room('Alone', { followers: 1 }), room('Shut', { canEnter: false, followers: null })]));
    const row = async (name: string) => (await screen.findByRole('link', { name })).closest('li');
    expect(await row('Open')).toHaveTextContent('1,299 followers');
    expect(await row('Alone')).toHaveTextContent('1 follower');
    expect(await row('Shut')).not.toHaveTextContent('follower');
    fireEvent.click(screen.getByRole('button', { name: 'Follow Open' }));
    await waitFor(async () => expect(await row('Open')).toHaveTextContent('1,300 followers'));
  });

  test('UI38: searching and sorting ask anew, from the first page', async () => {
    const asked = show(page([room('One')], 'more'));
    fireEvent.click(await screen.findByRole('button', { name: 'Show more' }));
    await waitFor(() => expect(asked.at(-1)?.cursor).toBe('more'));
    const box = screen.getByRole('textbox', { name: 'Search rooms' });
    fireEvent.input(box, { target: { value: 'waka' } });
    fireEvent.keyDown(box, { key: 'Enter' });
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ query: 'waka', sort: 'activity', cursor: null }));
    fireEvent.change(screen.getByLabelText('Sort by'), { target: { value: 'mine' } });
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ query: 'waka', sort: 'mine', cursor: null }));
  });

  test('UI37: nothing there, and nothing found, are told apart from a failure, which can be tried again', async () => {
    show(() => Promise.reject(new Refusal('BUSY')), page([]));
    expect(await screen.findByRole('alert')).toHaveTextContent('The server is busy');
    expect(screen.queryByText('No rooms yet')).not.toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No rooms yet')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
