import { Route, Router, useLocation } from '@solidjs/router';
import { fireEvent, render, screen, waitFor, within } from '@solidjs/testing-library';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createDrafts, DraftsProvider } from '../composer/drafts.tsx';
import { SessionProvider } from '../session/session.tsx';
import { aroha, ben, group, me, member, mere, message, signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import { Toasts } from '../ui/toast.tsx';
import { chatVerbs } from './chat-verbs.ts';
import { ConversationList } from './conversation-list.tsx';

const said = message({ seq: 4, conversationId: 'waka' });
const waka = group({ id: 'waka', name: 'Waka', seq: 6, lastReadSeq: 4, lastMessage: said });
const hangi = group({ id: 'hangi', name: 'Hāngī', seq: 3, lastReadSeq: 1, unreadCount: 2, lastMessage: { ...said, seq: 3 } });

const spans = ['For an hour', 'For eight hours', 'Until tomorrow morning', 'Until I turn it off'];

beforeEach(() => window.history.replaceState(null, '', '/'));

const show = (refuses = false) => {
  window.matchMedia = (media) =>
    Object.assign(new EventTarget(), { matches: true, media, onchange: null, addListener() {}, removeListener() {} });
  const written: unknown[] = [];
  const client = makeFakeClient(signedIn({ conversations: { waka, hangi } }));
  const mutate = async (input: unknown) => {
    written.push(input);
    if (refuses) throw new Error('away');
  };
  Object.assign(client, { api: { conversations: { notify: { mutate }, hide: { mutate } } } });
  client.answer('markUnread', () => undefined);
  const Place = () => <p data-testid="place">{useLocation().pathname}</p>;
  render(() => (
    <SessionProvider client={client}>
      <DraftsProvider drafts={createDrafts(null, client)}>
        <Router root={(page) => page.children}>
          <Route
            path="*"
            component={() => (
              <>
                <ConversationList />
                <Place />
              </>
            )}
          />
        </Router>
        <Toasts />
      </DraftsProvider>
    </SessionProvider>
  ));
  return { client, written };
};
const row = (name: string) => screen.getByRole('link', { name: new RegExp(name) });
const choose = async (verb: string) => {
  const item = await screen.findByRole('menuitem', { name: verb });
  fireEvent.pointerDown(item, { pointerType: 'mouse', button: 0 });
  fireEvent.pointerUp(item, { pointerType: 'mouse', button: 0 });
  await waitFor(() => expect(screen.queryByRole('menu')).not.toBeInTheDocument());
};

describe('the menu of a chat in the list', () => {
  test('UI12: a right click, Shift+F10, the menu key and the button open it, and Esc brings the focus back to the chat', async () => {
    show();
    const ways = [
      () => fireEvent.contextMenu(row('Waka')),
      () => fireEvent.keyDown(row('Waka'), { key: 'F10', shiftKey: true }),
      () => fireEvent.keyDown(row('Waka'), { key: 'ContextMenu' }),
      () => fireEvent.click(screen.getByRole('button', { name: 'What to do with Waka' })),
    ];
    for (const open of ways) {
      open();
      const menu = await screen.findByRole('menu', { name: 'What to do with Waka' });
      expect(
        within(menu)
          .getAllByRole('menuitem')
          .map((item) => item.textContent),
      ).toEqual([...['Mark as unread', ...spans, 'Details', 'Hide from my list']]);
      expect(within(menu).getByRole('group', { name: 'Mute' })).toBeInTheDocument();
      fireEvent.keyDown(menu, { key: 'Escape' });
      await waitFor(() => expect(screen.queryByRole('menu')).not.toBeInTheDocument());
      await waitFor(() => expect(row('Waka')).toHaveFocus());
    }
  });

  test('UI12: a finger that rests opens it, and when it is lifted the chat is not opened', async () => {
    show();
    fireEvent.pointerDown(row('Waka'), { pointerType: 'touch', clientX: 5, clientY: 5 });
    await screen.findByRole('menu');
    fireEvent.pointerUp(row('Waka'));
    fireEvent.click(row('Waka'));
    expect(screen.getByTestId('place')).toHaveTextContent(/^\/$/);
  });

  test('UI6, N1: what is unread is read up to the newest, what is read is unread from its last message', async () => {
    const { client } = show();
    fireEvent.contextMenu(row('Hāngī'));
    await choose('Mark as read');
    await waitFor(() => expect(client.asked).toContainEqual({ verb: 'markRead', with: ['hangi', 3] }));
    fireEvent.contextMenu(row('Waka'));
    await choose('Mark as unread');
    await waitFor(() => expect(client.asked).toContainEqual({ verb: 'markUnread', with: ['waka', 4] }));
  });

  test('UI28: muting holds until it is taken back, and keeps the level', async () => {
    const { client, written } = show();
    fireEvent.contextMenu(row('Waka'));
    await choose('Until I turn it off');
    const forever = '9999-01-01T00:00:00.000Z';
    await waitFor(() => expect(written).toEqual([{ conversationId: 'waka', level: 'all', mutedUntil: forever }]));
    client.change({ conversations: { waka: { ...waka, notifications: { level: 'none', mutedUntil: null } }, hangi } });
    fireEvent.contextMenu(row('Waka'));
    await choose('Unmute');
    await waitFor(() => expect(written[1]).toEqual({ conversationId: 'waka', level: 'all', mutedUntil: null }));
  });

  test.each([
    ['For an hour', '2026-11-20T23:30:00'],
    ['For eight hours', '2026-11-21T06:30:00'],
    ['Until tomorrow morning', '2026-11-21T08:00:00'],
  ])('UI28: muting can end by itself: %s', async (choice, end) => {
    vi.setSystemTime(new Date('2026-11-20T22:30:00'));
    const { written } = show();
    fireEvent.contextMenu(row('Waka'));
    await choose(choice);
    const mutedUntil = new Date(end).toISOString();
    await waitFor(() => expect(written).toEqual([{ conversationId: 'waka', level: 'all', mutedUntil }]));
    vi.useRealTimers();
  });

  test('UI14: hiding says how it comes back, and the focus goes to the chat beside it', async () => {
    const { written } = show();
    fireEvent.contextMenu(row('Waka'));
    await choose('Hide from my list');
    expect(await screen.findByText('It comes back when somebody writes in it.')).toBeInTheDocument();
    expect(written).toEqual([{ conversationId: 'waka' }]);
    expect(row('Hāngī')).toHaveFocus();
  });

  test('UI37: what the server refuses is said', async () => {
    show(true);
    fireEvent.contextMenu(row('Waka'));
    await choose('Until I turn it off');
    expect(await screen.findByText(/Something went wrong|could not|cannot/)).toBeInTheDocument();
  });

  test('UI39: details opens them', async () => {
    show();
    fireEvent.contextMenu(row('Waka'));
    await choose('Details');
    await waitFor(() => expect(screen.getByTestId('place')).toHaveTextContent('/c/waka/details'));
  });

  test('N1: what I wrote myself cannot be unread, nor what was never said, and a room is not hidden', () => {
    const verbs = (parts: Parameters<typeof group>[0]) => chatVerbs(group(parts), me.id, 0).join(' ');
    expect(verbs({ lastMessage: { ...said, author: aroha } })).toBe('mute details hide');
    expect(verbs({})).toBe('mute details hide');
    expect(verbs({ kind: 'room', unreadCount: 1 })).toBe('read mute details');
    expect(verbs({ kind: 'direct', members: [member(aroha), member(ben), member(mere)], lastMessage: said })).toBe(
      'unread mute details hide',
    );
    const notifications = { level: 'all', mutedUntil: '1970-01-01T00:00:00.001Z' } as const;
    expect(verbs({ notifications })).toBe('unmute details hide');
    expect(chatVerbs(group({ notifications }), me.id, 1)).toContain('mute');
  });
});
