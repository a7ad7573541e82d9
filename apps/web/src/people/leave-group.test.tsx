import { Route, Router } from '@solidjs/router';
import { fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { SessionProvider } from '../session/session.tsx';
import { group, signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import { LeaveGroup } from './leave-group.tsx';

const show = () => {
  const client = makeFakeClient(signedIn());
  client.answer('leave', () => undefined);
  render(() => (
    <SessionProvider client={client}>
      <Router>
        <Route path="*" component={() => <LeaveGroup conversation={group({ name: 'Picnic' })} />} />
      </Router>
    </SessionProvider>
  ));
  fireEvent.click(screen.getByRole('button', { name: 'Leave group' }));
  return client;
};
const left = (client: ReturnType<typeof show>) => client.asked.filter((each) => each.verb === 'leave').map((each) => each.with);

test('UI23, M11: leaving says who owns the group next, and refuses to be added again only when that is chosen', async () => {
  const client = show();
  expect(await screen.findByText(/You own this group: Ben becomes its owner/)).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: 'Leave' }));
  await waitFor(() => expect(left(client)).toEqual([['group', undefined]]));
});

test('UI23, M10: with the box ticked nobody can add me to it again', async () => {
  const client = show();
  fireEvent.click(await screen.findByLabelText(/Don’t let them add me again/));
  fireEvent.click(screen.getByRole('button', { name: 'Leave' }));
  await waitFor(() => expect(left(client)).toEqual([['group', 'group']]));
});
