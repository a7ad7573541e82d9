import type { Conversation } from '@koreromai/contract';
import { Route, Router } from '@solidjs/router';
import { fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { SessionProvider } from '../session/session.tsx';
import { aroha, group, person, signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import { Toasts } from '../ui/toast.tsx';
import { Webhooks } from './webhooks.tsx';

const at = '2026-11-21T01:00:00.000Z';
const page = (items: unknown[]) => ({ items, nextCursor: null });
const hook = { id: 'hook', conversationId: 'group', bot: { ...person('Builds'), bot: true }, madeBy: aroha, createdAt: at, works: true };
const told = {
  id: 'told',
  conversationId: 'group',
  url: 'https://x.example.nz/in',
  events: ['message.created'],
  madeBy: aroha,
  createdAt: at,
  failingSince: null,
  disabled: null,
};
const delivery = {
  id: 'd',
  event: 'message.created',
  state: 'failed',
  status: 500,
  attempts: 9,
  error: 'It answered 500.',
  createdAt: at,
  nextTryAt: null,
};

type Call = (input: never) => Promise<unknown>;
const router = (calls: Record<string, Call>) =>
  Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, { query: call, mutate: call }]));

function show(calls: { hooks?: Record<string, Call>; webhooks?: Record<string, Call> } = {}, conversation: Conversation = group()) {
  const client = makeFakeClient(signedIn());
  const list = async () => page([]);
  Object.assign(client, { api: { hooks: router({ list, ...calls.hooks }), webhooks: router({ list, ...calls.webhooks }) } });
  render(() => (
    <SessionProvider client={client}>
      <Router>
        <Route path="*" component={() => <Webhooks conversation={conversation} />} />
      </Router>
      <Toasts />
    </SessionProvider>
  ));
}

test('IN4: only who tends a group sees webhooks, and nobody in a direct chat', async () => {
  show({}, group({ myRole: 'member' }));
  show({}, group({ kind: 'direct', myRole: 'owner' }));
  expect(screen.queryByText('Webhooks')).toBeNull();
  show({}, group({ myRole: 'admin' }));
  expect(await screen.findByRole('heading', { name: 'Webhooks' })).toBeVisible();
  await waitFor(() => expect(screen.getAllByText('None yet.')).toHaveLength(2));
});

test('IN4: an address is shown once; a hook whose bot may not write says so; it is removed after a question', async () => {
  const sent: unknown[] = [];
  show({
    hooks: {
      list: async () => page([{ ...hook, id: 'other', bot: person('Old'), works: false }]),
      create: async (input) => {
        sent.push(input);
        return { ...hook, url: 'https://chat/hooks/kmh_x' };
      },
      remove: async (input) => void sent.push(input),
    },
  });
  expect(await screen.findByText(/Does not work/)).toBeVisible();
  fireEvent.input(screen.getByLabelText('Name it writes under'), { target: { value: 'Builds' } });
  fireEvent.click(screen.getByRole('button', { name: 'Make an address' }));
  expect(await screen.findByLabelText('The new address')).toHaveValue('https://chat/hooks/kmh_x');
  fireEvent.click(screen.getByRole('button', { name: 'I have kept it' }));
  fireEvent.click(screen.getByRole('button', { name: 'Remove the webhook Builds' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Remove the webhook Builds' })).toBeNull());
  expect(sent).toEqual([
    { conversationId: 'group', name: 'Builds' },
    { conversationId: 'group', hookId: 'hook' },
  ]);
});

test('IN7: why nothing is sent any more is said, with a way to go on; what was sent is listed and sent again', async () => {
  const sent: string[] = [];
  let disabled: unknown = { at, reason: 'failing' };
  show({
    webhooks: {
      list: async () => page([{ ...told, disabled }]),
      enable: async () => {
        disabled = null;
        sent.push('enable');
      },
      deliveries: async () => page([delivery]),
      resend: async ({ deliveryId }: { deliveryId: string }) => void sent.push(deliveryId),
    } as never,
  });
  expect(await screen.findByText(/nothing had arrived for three days/)).toBeVisible();
  fireEvent.click(screen.getByRole('button', { name: /^Enable again/ }));
  await waitFor(() => expect(screen.queryByText(/nothing had arrived/)).toBeNull());
  fireEvent.click(screen.getByRole('button', { name: /^What was sent to/ }));
  expect(await screen.findByText(/Failed · 500 · 9 tries/)).toBeVisible();
  fireEvent.click(screen.getByRole('button', { name: /^Send again/ }));
  await waitFor(() => expect(sent).toEqual(['enable', 'd']));
});

test('IN6: an address that is not taken says why beside it; of what it is told is chosen', async () => {
  const sent: { events: string[] }[] = [];
  show({
    webhooks: {
      create: async (input: { events: string[] }) => {
        sent.push(input);
        return { ...told, secret: 'whsec_x' };
      },
    } as never,
  });
  fireEvent.input(await screen.findByLabelText('Address'), { target: { value: 'https://x.example.nz/in' } });
  fireEvent.click(screen.getByRole('checkbox', { name: 'Messages, edits and deletions' }));
  const make = screen.getByRole('button', { name: 'Send to this address' });
  expect(make).toHaveAttribute('aria-disabled', 'true');
  fireEvent.click(screen.getByRole('checkbox', { name: 'Reactions and pins' }));
  fireEvent.click(make);
  expect(await screen.findByLabelText('The new secret')).toHaveValue('whsec_x');
  expect(sent[0]?.events).toEqual(['reaction.added', 'reaction.removed', 'pin.added', 'pin.removed']);
});
