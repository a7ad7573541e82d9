import { Route, Router } from '@solidjs/router';
import { fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTalk, TalkProvider } from '../actions/talk.tsx';
import { SessionProvider, useConversation } from '../session/session.tsx';
import { keepDisplay } from '../settings/display.ts';
import { group, message, signedIn, timeline } from '../test/cast.ts';
import { makeFakeClient, unsent } from '../test/fake-client.ts';
import { makeAnchor } from './anchor.ts';
import { storedBubble } from './bubbles.ts';
import { makeCalendar } from './calendar.ts';
import { daysOf, newestFirst } from './rows.ts';
import { Timeline } from './timeline.tsx';

beforeEach(() => keepDisplay('order', 'newestFirst'));
afterEach(() => keepDisplay('order', 'newestLast'));

const show = (state: Parameters<typeof makeFakeClient>[0]) => {
  const client = makeFakeClient(signedIn(state));
  const Held = () => {
    const held = useConversation(() => 'group');
    return <Timeline conversation={held() ?? group()} />;
  };
  const Chat = () => (
    <TalkProvider talk={createTalk()}>
      <Held />
    </TalkProvider>
  );
  render(() => (
    <SessionProvider client={client}>
      <Router>
        <Route path="*" component={Chat} />
      </Router>
    </SessionProvider>
  ));
  return client;
};
const rows = () => [...document.querySelectorAll('[data-message]')].map((row) => row.querySelector('.message-body')?.textContent);

describe('newest first', () => {
  test('R060, UI46: the newest message and the newest day stand on top, what is on its way before all, the beginning last', () => {
    const said = [
      message({ seq: 1, createdAt: '2026-11-20T01:00:00.000Z' }),
      message({ seq: 2 }),
      message({ seq: 3, createdAt: '2026-11-21T02:00:00.000Z' }),
    ];
    const client = show({ conversations: { group: group({ seq: 3 }) }, timelines: { group: timeline(said) } });
    client.change({ outbox: [unsent({ id: 'mine', conversationId: 'group', text: 'Kia ora' }, 'sending')] });
    expect(rows()).toEqual(['Kia ora', 'Message 3', 'Message 2', 'Message 1']);
    const last = screen.getByText('Message 1').closest('li');
    const edge = screen.getByText('This is where the chat begins for you.');
    expect(last?.compareDocumentPosition(edge)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  test('UI46: of a run, the one that is drawn first says whose it is', () => {
    const bubbles = [1, 2, 3].map((seq) => storedBubble(message({ seq }), 'me'));
    const [day] = newestFirst(daysOf(bubbles, makeCalendar('UTC'), null));
    expect(day?.rows.map((row) => row.kind === 'bubble' && [row.bubble.seq, row.head, row.tail])).toEqual([
      [3, true, false],
      [2, false, false],
      [1, false, true],
    ]);
  });

  test('UI4, UI46: the end is the top, and what is older lies below', () => {
    const scroller = Object.assign(document.createElement('div'), { scrollTop: 700 });
    Object.defineProperties(scroller, { scrollHeight: { value: 1_000 }, clientHeight: { value: 100 } });
    const turned = makeAnchor(scroller, document.createElement('div'), true);
    expect([turned.fromEnd(), turned.newer(), turned.older()]).toEqual([700, 7, 2]);
    turned.toEnd();
    expect(scroller.scrollTop).toBe(0);
    scroller.scrollTop = 700;
    const usual = makeAnchor(scroller, document.createElement('div'), false);
    expect([usual.fromEnd(), usual.newer(), usual.older()]).toEqual([200, 2, 7]);
  });

  test('UI32: the arrow keys come in at the newest and go on in the order that is seen', () => {
    show({ conversations: { group: group({ seq: 2 }) }, timelines: { group: timeline([message({ seq: 1 }), message({ seq: 2 })]) } });
    const log = screen.getByTestId('timeline');
    fireEvent.keyDown(log, { key: 'ArrowDown' });
    expect(document.activeElement).toHaveAttribute('data-message', 'message-2');
    fireEvent.keyDown(document.activeElement ?? log, { key: 'ArrowDown' });
    expect(document.activeElement).toHaveAttribute('data-message', 'message-1');
  });
});
