import { Route, Router } from '@solidjs/router';
import { fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { SessionProvider } from '../session/session.tsx';
import { person, signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import { Toasts } from '../ui/toast.tsx';
import { Bots } from './bots.tsx';

const bot = { ...person('Karere'), bot: true, suspended: false };
const page = (items: unknown[]) => ({ items, nextCursor: null });
const token = { id: 'token', name: 'Cellar', scopes: ['read'], createdAt: bot.createdAt, expiresAt: null, lastUsedAt: null };

type Call = (input: never) => Promise<unknown>;

function show(calls: Partial<Record<'list' | 'create' | 'remove' | 'tokens' | 'createToken' | 'revokeToken', Call>>, rename?: Call) {
  const client = makeFakeClient(signedIn());
  const given: Record<string, Call> = { list: async () => page([]), tokens: async () => page([]), ...calls };
  const bots = Object.fromEntries(Object.entries(given).map(([name, call]) => [name, { query: call, mutate: call }]));
  Object.assign(client, { api: { bots, users: { update: { mutate: rename } } } });
  render(() => (
    <SessionProvider client={client}>
      <Router>
        <Route path="*" component={Bots} />
      </Router>
      <Toasts />
    </SessionProvider>
  ));
}

test('UI37: the list of bots is on its way, empty, or refused with a way to try again', async () => {
  let tries = 0;
  show({
    list: async () => {
      tries += 1;
      if (tries === 1) throw new Error('away');
      return page([]);
    },
  });
  fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('No bots yet.')).toBeVisible();
});

test('IN1: a bot that is made stands in the list, marked as one; what was refused is said and the name stays', async () => {
  const made: unknown[] = [];
  show({
    create: async (input) => {
      made.push(input);
      if (made.length === 2) throw new Error('away');
      return bot;
    },
  });
  const name = await screen.findByLabelText('Name of the new bot');
  fireEvent.input(name, { target: { value: 'Karere' } });
  fireEvent.click(screen.getByRole('button', { name: 'Make a bot' }));
  expect(await screen.findByRole('link', { name: /Karere/ })).toHaveTextContent('Bot');
  expect(name).toHaveValue('');
  fireEvent.input(name, { target: { value: 'Another' } });
  fireEvent.click(screen.getByRole('button', { name: 'Make a bot' }));
  expect(await screen.findByRole('alert')).toBeVisible();
  expect(name).toHaveValue('Another');
  expect(made).toEqual([{ name: 'Karere' }, { name: 'Another' }]);
});

test('IN2: a token is shown until one has kept it, with what it may; it is made with the scopes and the end that were chosen, and revoked', async () => {
  const sent: unknown[] = [];
  const note = async (input: never) => {
    sent.push(input);
    return { ...token, token: 'kmb_secret' };
  };
  show({ list: async () => page([bot]), createToken: note, revokeToken: note });
  fireEvent.click(await screen.findByRole('button', { name: 'Tokens of Karere' }));
  fireEvent.input(await screen.findByLabelText('What the token is for'), { target: { value: 'Cellar' } });
  fireEvent.click(screen.getByRole('checkbox', { name: /^Post/ }));
  fireEvent.change(screen.getByLabelText('It works'), { target: { value: '30' } });
  fireEvent.click(screen.getByRole('button', { name: 'Make a token' }));
  expect(await screen.findByLabelText('The new token')).toHaveValue('kmb_secret');
  expect(sent).toEqual([{ botId: bot.id, name: 'Cellar', scopes: ['read'], expiresInDays: 30 }]);
  fireEvent.click(screen.getByRole('button', { name: 'I have kept it' }));
  await waitFor(() => expect(screen.queryByLabelText('The new token')).toBeNull());
  expect(screen.getByText('read · never used')).toBeVisible();
  fireEvent.click(screen.getByRole('button', { name: 'Revoke Cellar' }));
  await waitFor(() => expect(screen.queryByText('read · never used')).toBeNull());
  expect(sent.at(-1)).toEqual({ botId: bot.id, tokenId: 'token' });
});

test('IN1: a bot is renamed in its place; what was refused is said beside the name, and whoever leaves it as it was asks for nothing', async () => {
  const sent: unknown[] = [];
  show({ list: async () => page([bot]) }, async (input) => {
    sent.push(input);
    if (sent.length === 1) throw new Error('away');
    return { ...bot, name: 'Karere Pō' };
  });
  const pencil = await screen.findByRole('button', { name: 'Rename Karere' });
  fireEvent.click(pencil);
  const name = screen.getByLabelText('New name of Karere');
  await waitFor(() => expect(name).toHaveFocus());
  expect(name).toHaveValue('Karere');
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(name).not.toBeInTheDocument());
  expect(sent).toEqual([]);
  expect(pencil).toHaveFocus();

  fireEvent.click(pencil);
  const again = screen.getByLabelText('New name of Karere');
  fireEvent.input(again, { target: { value: ' Karere Po ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('alert')).toBeVisible();
  expect(again).toHaveValue(' Karere Po ');
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('link', { name: /Karere Pō/ })).toBeVisible();
  expect(sent).toEqual(Array(2).fill({ userId: bot.id, name: 'Karere Po' }));

  fireEvent.click(screen.getByRole('button', { name: 'Rename Karere Pō' }));
  fireEvent.keyDown(screen.getByLabelText('New name of Karere Pō'), { key: 'Escape' });
  expect(screen.queryByLabelText('New name of Karere Pō')).toBeNull();
  expect(sent).toHaveLength(2);
});
