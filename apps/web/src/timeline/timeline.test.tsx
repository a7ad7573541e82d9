import { Route, Router } from '@solidjs/router';
import { fireEvent, render, screen } from '@solidjs/testing-library';
import { describe, expect, test } from 'vitest';
import { createTalk, TalkProvider } from '../actions/talk.tsx';
import { SessionProvider, useConversation } from '../session/session.tsx';
import { aroha, group, message, signedIn, timeline } from '../test/cast.ts';
import { makeFakeClient, unsent } from '../test/fake-client.ts';
import { Timeline } from './timeline.tsx';

const show = (state: Parameters<typeof makeFakeClient>[0]) => {
  const client = makeFakeClient(signedIn(state));
  render(() => (
    <SessionProvider client={client}>
      <Router>
        <Route
          path="*"
          component={() => (
            <TalkProvider talk={createTalk()}>
              <Held />
            </TalkProvider>
          )}
        />
      </Router>
    </SessionProvider>
  ));
  return client;
};
function Held() {
  const held = useConversation(() => 'group');
  return <Timeline conversation={held() ?? group()} />;
}
const bubble = (text: string) => screen.getByText(text).closest('li');

describe('sending', () => {
  test('UI2: the optimistic bubble and the stored message are one and the same element', () => {
    const client = show({ conversations: { group: group() }, timelines: { group: timeline([]) } });
    client.change({ outbox: [unsent({ id: 'mine', conversationId: 'group', text: 'Kia ora' }, 'sending')] });
    const before = bubble('Kia ora');
    expect(before).toHaveAttribute('data-status', 'sending');
    client.change({ outbox: [], timelines: { group: timeline([message({ seq: 1, id: 'mine', text: 'Kia ora', author: aroha })]) } });
    expect(screen.getAllByText('Kia ora')).toHaveLength(1);
    expect(bubble('Kia ora')).toBe(before);
    expect(before).toHaveAttribute('data-status', 'sent');
  });

  test('UI3: a refused message keeps its words, says why, and offers Retry and Discard', () => {
    const error = { code: 'CANNOT_MESSAGE', message: 'You cannot write to this person.', retryable: false } as const;
    const client = show({
      conversations: { group: group() },
      timelines: { group: timeline([]) },
      outbox: [unsent({ id: 'mine', conversationId: 'group', text: 'Kia ora' }, 'failed', error)],
    });
    expect(bubble('Kia ora')).toHaveTextContent('You cannot write to this person.');
    fireEvent.click(screen.getByRole('button', { name: 'Retry' }));
    fireEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(client.asked.filter((each) => each.verb === 'retry' || each.verb === 'discard')).toEqual([
      { verb: 'retry', with: ['mine'] },
      { verb: 'discard', with: ['mine'] },
    ]);
  });
});

describe('waiting', () => {
  test('UI3: what waits for the connection says so and can be taken back; what is on its way cannot', () => {
    const client = show({
      conversations: { group: group() },
      timelines: { group: timeline([]) },
      outbox: [
        unsent({ id: 'asked', conversationId: 'group', text: 'On its way' }, 'sending'),
        unsent({ id: 'waits', conversationId: 'group', text: 'Later' }, 'queued'),
      ],
    });
    expect(bubble('Later')).toHaveTextContent('Waiting for the connection');
    fireEvent.click(screen.getByRole('button', { name: 'Cancel sending' }));
    expect(client.asked.filter((each) => each.verb === 'discard')).toEqual([{ verb: 'discard', with: ['waits'] }]);
  });
});

describe('announcing', () => {
  test("UI32: only what arrives is read out, not what was there, not history above, not one's own", () => {
    const log = () => screen.getByTestId('announcer').textContent;
    const [first, second] = [message({ seq: 10, text: 'Old' }), message({ seq: 11, text: 'New' })];
    const client = show({ conversations: { group: group() }, timelines: { group: timeline([first], { complete: false }) } });
    expect(log()).toBe('');
    client.change({ timelines: { group: timeline([message({ seq: 1, text: 'Ancient' }), first]) } });
    expect(log()).toBe('');
    client.change({ timelines: { group: timeline([first, second]) } });
    expect(log()).toBe('Ben: New');
    client.change({ timelines: { group: timeline([first, second, message({ seq: 12, author: aroha, text: 'Mine' })]) } });
    expect(log()).toBe('Ben: New');
  });
});

describe('reading', () => {
  test('UI5: what is seen at the end counts as read, up to the newest message', () => {
    const conversations = { group: group({ unreadCount: 2, lastReadSeq: 1, seq: 3 }) };
    const client = show({ conversations, timelines: { group: timeline([message({ seq: 1 }), message({ seq: 2 }), message({ seq: 3 })]) } });
    expect(client.asked).toContainEqual({ verb: 'markRead', with: ['group', 3] });
  });

  test('UI6: the divider stands before the first unread message and stays after it was read', () => {
    const conversations = { group: group({ unreadCount: 1, lastReadSeq: 1, seq: 2 }) };
    const client = show({ conversations, timelines: { group: timeline([message({ seq: 1 }), message({ seq: 2 })]) } });
    const line = screen.getAllByText('New messages').find((found) => found.closest('[data-unread]') !== null);
    expect(line?.closest('li')?.nextElementSibling).toHaveAttribute('data-message', 'message-2');
    client.change({ conversations: { group: group({ unreadCount: 0, lastReadSeq: 2, seq: 2 }) } });
    expect(line).toBeInTheDocument();
  });

  test('UI6, N1: marked unread by hand the divider goes there, and nothing is read by itself until it is read on purpose', () => {
    const held = (lastReadSeq: number, seq = 3) => ({ group: group({ unreadCount: seq - lastReadSeq, lastReadSeq, seq }) });
    const all = (count: number) => ({ group: timeline(Array.from({ length: count }, (_, at) => message({ seq: at + 1 }))) });
    const client = show({ conversations: held(3), timelines: all(3) });
    const marked = () => client.asked.filter((each) => each.verb === 'markRead').length;
    client.change({ conversations: held(1) });
    expect(document.querySelector('[data-unread]')?.nextElementSibling).toHaveAttribute('data-message', 'message-2');
    client.change({ conversations: held(1, 4), timelines: all(4) });
    expect(marked()).toBe(0);
    client.change({ conversations: held(4, 4) });
    client.change({ conversations: held(4, 5), timelines: all(5) });
    expect(client.asked).toContainEqual({ verb: 'markRead', with: ['group', 5] });
  });
});

describe('history', () => {
  test('UI37: a page that did not come says why and is asked for again', () => {
    const error = { code: 'NETWORK', message: 'The server cannot be reached.', retryable: true } as const;
    const client = show({
      conversations: { group: group() },
      timelines: { group: timeline([message({ seq: 9 })], { complete: false, error }) },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(client.asked).toContainEqual({ verb: 'loadOlder', with: ['group'] });
  });

  test('UI37: an empty chat invites to write', () => {
    show({ conversations: { group: group() }, timelines: { group: timeline([]) } });
    expect(screen.getByText('Nothing said yet. Write the first message.')).toBeInTheDocument();
  });
});
