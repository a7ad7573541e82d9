import { render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SessionProvider } from '../session/session.tsx';
import { message, signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import LinkPreviews from './link-previews.tsx';

const page = { url: 'https://example.nz/', title: '<b>Kia ora</b>', description: 'A page', site: 'example.nz', image: null };
beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-11-21T01:00:10.000Z') }));
afterEach(() => void vi.useRealTimers());

test('UI34: a fresh message asks again until its page is known, shows words as words, and an edit asks anew', async () => {
  const client = makeFakeClient(signedIn());
  const asked: string[] = [];
  const answers = [[], [page], []];
  Object.assign(client, {
    api: {
      previews: {
        list: {
          query: async ({ messageId }: { messageId: string }) => {
            asked.push(messageId);
            return { items: answers.shift() ?? [], nextCursor: null };
          },
        },
      },
    },
  });
  const [shown, setShown] = createSignal(message({ seq: 1, text: 'https://example.nz' }));
  const { container } = render(() => (
    <SessionProvider client={client}>
      <LinkPreviews message={shown()} />
    </SessionProvider>
  ));
  await vi.advanceTimersByTimeAsync(0);
  expect(screen.queryByRole('link')).not.toBeInTheDocument();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(screen.getByRole('link')).toHaveTextContent('<b>Kia ora</b>');
  expect(container.querySelector('b')).toBeNull();
  setShown((held) => ({ ...held, likeCount: 1 }));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toHaveLength(2);
  setShown((held) => ({ ...held, version: 2 }));
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveLength(3);
  expect(screen.queryByRole('link')).not.toBeInTheDocument();
});
