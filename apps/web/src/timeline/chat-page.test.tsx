import { type ErrorCode, Refusal } from '@koreromai/contract';
import { Route, Router } from '@solidjs/router';
import { render, screen, waitFor } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { createDrafts, DraftsProvider } from '../composer/drafts.tsx';
import { SessionProvider } from '../session/session.tsx';
import { group, signedIn, timeline } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import ChatPage from './chat-page.tsx';

const show = (state: Parameters<typeof makeFakeClient>[0], prepare: (client: ReturnType<typeof makeFakeClient>) => void = () => {}) => {
  window.history.replaceState(null, '', '/c/group');
  window.matchMedia = (media) =>
    Object.assign(new EventTarget(), { matches: true, media, onchange: null, addListener() {}, removeListener() {} });
  const client = makeFakeClient(signedIn(state));
  prepare(client);
  render(() => (
    <SessionProvider client={client}>
      <DraftsProvider drafts={createDrafts(null, client)}>
        <Router>
          <Route path="/c/:id" component={ChatPage} />
          <Route path="/rooms/:id" component={() => <h1>The door</h1>} />
        </Router>
      </DraftsProvider>
    </SessionProvider>
  ));
  return client;
};
const here = { conversations: { group: group({ name: 'Hāngī' }) }, timelines: { group: timeline([]) } };

const refuse = (client: ReturnType<typeof makeFakeClient>, code: ErrorCode) =>
  client.answer('openConversation', () => {
    throw new Refusal(code);
  });

test('M7: somebody who is removed while the chat is open is told so, and can write nothing more', async () => {
  const client = show(here);
  expect(screen.getByRole('heading', { name: 'Hāngī' })).toBeInTheDocument();
  expect(screen.getByLabelText('Message to Hāngī')).toBeInTheDocument();
  refuse(client, 'NOT_FOUND');
  client.change({ conversations: {}, timelines: {} });
  expect(screen.queryByLabelText('Message to Hāngī')).toBeNull();
  expect(await screen.findByRole('heading', { name: 'You are no longer in this chat' })).toBeInTheDocument();
});

test('M8: who is let in again while that stands there sees the chat, without asking for it', async () => {
  const client = show(here);
  refuse(client, 'NOT_FOUND');
  client.change({ conversations: {}, timelines: {} });
  expect(await screen.findByRole('heading', { name: 'You are no longer in this chat' })).toBeInTheDocument();
  client.answer('openConversation', () => undefined);
  client.change(here);
  expect(await screen.findByRole('heading', { name: 'Hāngī' })).toBeInTheDocument();
  expect(screen.queryByRole('heading', { name: 'You are no longer in this chat' })).toBeNull();
});

test('UI37: who loses access to an open room, or finds it lost on coming back, stands at its door', async () => {
  const client = show(here);
  refuse(client, 'ROOM_ACCESS_DENIED');
  client.change({ conversations: {}, timelines: {} });
  expect(await screen.findByRole('heading', { name: 'The door' })).toBeInTheDocument();
});

test('UI37: a chat that is not theirs to see is said not to be there', async () => {
  show({}, (client) => refuse(client, 'NOT_FOUND'));
  expect(await screen.findByRole('heading', { name: 'There is no chat here' })).toBeInTheDocument();
});

test('C8: a group in which nobody else is left can be read, not written to', () => {
  show({ ...here, conversations: { group: group({ state: 'underfull' }) } });
  expect(screen.getByText('Nobody else is here at the moment. You can write as soon as somebody joins.')).toBeInTheDocument();
  expect(screen.queryByRole('textbox')).toBeNull();
});

test('UI38: the head of a room says how many follow it, asks again when I do, and says nothing where that is not known', async () => {
  const room = (myRole: 'member' | null) => ({ group: group({ kind: 'room', access: 'public', name: 'Waka', members: [], myRole }) });
  let answer: () => Promise<unknown> = () => Promise.reject(new Refusal('NOT_FOUND'));
  const asked: unknown[] = [];
  const query = (input: unknown) => {
    asked.push(input);
    return answer();
  };
  const client = show({ ...here, conversations: room(null) }, (fake) => Object.assign(fake, { api: { rooms: { get: { query } } } }));
  const head = () => screen.getByRole('banner');
  await waitFor(() => expect(asked).toEqual([{ roomId: 'group' }, { roomId: 'group' }])); // the head, and where one would write
  expect(head()).not.toHaveTextContent('follow it');
  answer = async () => ({ followers: 2 });
  client.change({ conversations: room('member') });
  await waitFor(() => expect(head()).toHaveTextContent('Room · 2 people follow it'));
  answer = async () => ({ followers: 12_345 });
  client.change({ connection: { status: 'offline', since: 0 } });
  client.change({ conversations: room(null) });
  client.change({ connection: { status: 'live' } });
  await waitFor(() => expect(head()).toHaveTextContent('Room that you do not follow · 12,345 people follow it'));
  expect(asked).toHaveLength(5);
});
