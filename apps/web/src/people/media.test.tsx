import type { Attachment } from '@koreromai/contract';
import { Route, Router } from '@solidjs/router';
import { render, screen } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { SessionProvider } from '../session/session.tsx';
import { group, message, signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import { Media } from './media.tsx';

const file = (id: string, type: string): Attachment => ({
  ...{
    id,
    type,
    name: `${id}.bin`,
    size: 1,
    width: 10,
    height: 10,
    url: `/f/${id}`,
    thumbnail: null,
    description: null,
    createdAt: '2026-11-21T01:00:00.000Z',
  },
});

function show(messages: ReturnType<typeof message>[]) {
  const client = makeFakeClient(signedIn({ conversations: { group: group() } }));
  const asked: unknown[] = [];
  const query = async (input: unknown) => {
    asked.push(input);
    return { items: messages, nextCursor: null };
  };
  Object.assign(client, { api: { search: { messages: { query } } } });
  render(() => (
    <SessionProvider client={client}>
      <Router>
        <Route path="*" component={() => <Media conversationId="group" />} />
      </Router>
    </SessionProvider>
  ));
  return asked;
}

test('UI39: each picture and video of a chat leads to where it was sent, and says what it is', async () => {
  const asked = show([message({ seq: 9, attachments: [file('kiwi', 'image/png'), file('hui', 'video/mp4')] })]);
  expect(await screen.findByRole('link', { name: /^Picture kiwi\.bin, from Ben/ })).toHaveAttribute('href', '/c/group/m/9');
  expect(screen.getByRole('link', { name: /^Video hui\.bin/ })).toHaveAttribute('href', '/c/group/m/9');
  expect(asked).toEqual([{ in: 'group', has: 'attachment', cursor: null, limit: 30 }]);
});

test('UI37: without pictures it says so', async () => {
  show([]);
  expect(await screen.findByText('No pictures yet')).toBeInTheDocument();
});
