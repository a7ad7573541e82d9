import { fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { SessionProvider } from '../session/session.tsx';
import { signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import { Toasts } from '../ui/toast.tsx';
import { Mails } from './mails.tsx';

type Answers = { get: () => Promise<unknown>; set: (input: unknown) => Promise<unknown> };

const show = ({ get, set }: Answers) => {
  const client = makeFakeClient(signedIn());
  Object.assign(client, { api: { preferences: { get: { query: get }, set: { mutate: set } } } });
  render(() => (
    <SessionProvider client={client}>
      <Mails />
      <Toasts />
    </SessionProvider>
  ));
};
const box = () => screen.findByLabelText('While I am away, send me');

test('N3: what mails say is chosen from three, and goes out alone: nothing else of what I decided is written', async () => {
  const sent: unknown[] = [];
  show({
    get: async () => ({ receipts: false, mails: 'counts' }),
    set: async (input) => {
      sent.push(input);
      return { receipts: false, mails: 'texts' };
    },
  });
  const select = await box();
  expect(select).toHaveValue('counts');
  expect([...select.querySelectorAll('option')].map((option) => option.value)).toEqual(['none', 'counts', 'texts']);
  fireEvent.change(select, { target: { value: 'texts' } });
  await waitFor(() => expect(sent).toEqual([{ mails: 'texts' }]));
  expect(select).toHaveValue('texts');
});

test('UI37: a choice that was refused is said, and what holds is shown again', async () => {
  show({ get: async () => ({ receipts: true, mails: 'none' }), set: () => Promise.reject(new Error('away')) });
  const select = await box();
  fireEvent.change(select, { target: { value: 'texts' } });
  await waitFor(() => expect(document.querySelector('.toast')).not.toBeNull());
  await waitFor(() => expect(select).toHaveValue('none'));
});

test('UI37: preferences that did not come say why and are asked for again', async () => {
  let tries = 0;
  const get = async () => {
    tries += 1;
    if (tries === 1) throw new Error('away');
    return { receipts: true, mails: 'none' };
  };
  show({ get, set: async () => null });
  fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await box()).toHaveValue('none');
});
