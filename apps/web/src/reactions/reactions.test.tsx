import { Refusal } from '@koreromai/contract';
import { fireEvent, render, screen } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { createTalk, TalkProvider } from '../actions/talk.tsx';
import { SessionProvider } from '../session/session.tsx';
import { aroha, ben, group, message, signedIn, timeline } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { TypingLine } from '../timeline/typing-line.tsx';
import { Toasts } from '../ui/toast.tsx';

function show(...messages: ReturnType<typeof message>[]) {
  const client = makeFakeClient(signedIn({ conversations: { group: group() }, timelines: { group: timeline(messages) } }));
  const Inside = () => (
    <TalkProvider talk={createTalk()}>
      <Timeline conversation={group()} />
      <TypingLine conversation={group()} />
      <Toasts />
    </TalkProvider>
  );
  render(() => (
    <SessionProvider client={client}>
      <Inside />
    </SessionProvider>
  ));
  return client;
}

test('UI19: the like comes first, mine is pressed, one click toggles', () => {
  const reactions = [
    { emoji: '🎉', count: 2, mine: true },
    { emoji: '👍', count: 1, mine: false },
  ];
  const client = show(message({ seq: 1, likeCount: 3, reactions }));
  const chips = screen.getAllByRole('button').filter((button) => button.classList.contains('chip'));
  expect(chips.map((chip) => chip.getAttribute('aria-label'))).toEqual(['3 likes', '🎉 2, yours among them', '👍 1', 'Add a reaction']);
  for (const verb of ['like', 'unreact', 'react'] as const) client.answer(verb, () => undefined);
  for (const chip of chips.slice(0, 3)) fireEvent.click(chip);
  expect(client.asked.filter((each) => /like|react/.test(each.verb))).toEqual([
    { verb: 'like', with: ['message-1'] },
    { verb: 'unreact', with: ['message-1', '🎉'] },
    { verb: 'react', with: ['message-1', '👍'] },
  ]);
});

test('UI19, UI29: what is refused is said in a toast', async () => {
  const client = show(message({ seq: 1, likeCount: 1 }));
  client.answer('like', () => {
    throw new Refusal('MESSAGE_DELETED');
  });
  fireEvent.click(screen.getByRole('button', { name: '1 like' }));
  expect(await screen.findByText('This message has been deleted, so nothing can be done with it.')).toBeInTheDocument();
});

test('UI35: what a reply answers is quoted, or said to be deleted, or not to be there', () => {
  const quote = { id: 'q', seq: 1, author: ben, text: 'Who?', deleted: false };
  show(
    message({ seq: 2, replyTo: quote }),
    message({ seq: 3, replyTo: { ...quote, text: null, deleted: true } }),
    message({ seq: 4, replyTo: { unavailable: true } }),
  );
  expect(screen.getByRole('button', { name: /^Ben\s*:\s*Who\?$/ })).toBeInTheDocument();
  expect(screen.getByText('What this answers was deleted.')).toBeInTheDocument();
  expect(screen.getByText('What this answers is not available to you.')).toBeInTheDocument();
});

test('UI24: one and two are named, more are several, and nobody is nothing', () => {
  const client = show();
  const says = (...ids: string[]) => {
    client.change({ typing: { group: Object.fromEntries(ids.map((id) => [id, '2026-11-21T00:00:00.000Z'])) } });
    return screen.getByTestId('typing').textContent;
  };
  expect(says('person-ben')).toBe('Ben is typing…');
  expect(says('person-ben', 'person-mere')).toBe('Ben and Mere are typing…');
  expect(says('person-ben', 'person-mere', 'person-x')).toBe('Several people are typing…');
  expect(says('person-x')).toBe('Somebody is typing…');
  expect(says()).toBe('');
});

test('UI26: below my newest message stands who has read it; before that, that it was sent', () => {
  const client = show(message({ seq: 1, author: aroha }), message({ seq: 2, author: aroha }));
  expect(screen.getByTestId('read-mark')).toHaveTextContent('Sent');
  client.change({ readBy: { group: { 'person-ben': 2, 'person-mere': 1 } } });
  expect(screen.getByTestId('read-mark')).toHaveTextContent('Read by Ben');
  client.change({ readBy: { group: { 'person-ben': 2, 'person-mere': 5 } } });
  expect(screen.getByTestId('read-mark')).toHaveTextContent('Read by Ben and Mere');
});
