import { fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { SessionProvider } from '../session/session.tsx';
import { message, signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import ReportDialog from './report-dialog.tsx';
import { createTalk, type Talk, TalkProvider } from './talk.tsx';

const show = (report: (input: unknown) => Promise<unknown>) => {
  const client = makeFakeClient(signedIn());
  Object.assign(client, { api: { messages: { report: { mutate: report } } } });
  let talk: Talk | undefined;
  const Held = () => {
    talk = createTalk();
    return (
      <TalkProvider talk={talk}>
        <ReportDialog message={talk.reporting()} />
      </TalkProvider>
    );
  };
  render(() => (
    <SessionProvider client={client}>
      <Held />
    </SessionProvider>
  ));
  talk?.report(message({ seq: 7 }));
};

test('UI12: a report goes out with its reason, and not without one', async () => {
  const sent: unknown[] = [];
  show(async (input) => sent.push(input));
  const reason = await screen.findByLabelText('What is wrong with it?');
  await waitFor(() => expect(reason).toHaveFocus());
  fireEvent.click(screen.getByRole('button', { name: 'Report' }));
  expect(sent).toEqual([]);
  fireEvent.input(reason, { target: { value: 'It names my address' } });
  fireEvent.click(screen.getByRole('button', { name: 'Report' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(sent).toEqual([{ messageId: 'message-7', reason: 'It names my address' }]);
});

test('UI37: a refused report says why and keeps the words', async () => {
  show(() => Promise.reject(new Error('gone')));
  const reason = await screen.findByLabelText('What is wrong with it?');
  fireEvent.input(reason, { target: { value: 'Spam' } });
  fireEvent.click(screen.getByRole('button', { name: 'Report' }));
  expect(await screen.findByRole('alert')).toBeInTheDocument();
  expect(reason).toHaveValue('Spam');
});
