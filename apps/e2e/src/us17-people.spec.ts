import { type Actor, call, expect, startGroup, test } from './cast.ts';

const idOf = async (actor: Actor): Promise<string> => {
  const answer: { id: string } = await (await actor.context.request.get('/api/v1/users/me')).json();
  return answer.id;
};

test.describe('US17: I choose whom I know', () => {
  test('a request is seen at once and accepted; then the profile says so on both sides', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    await bea.page.getByRole('link', { name: 'People' }).click();
    await expect(bea.page.getByText('Nobody yet. Ask somebody')).toBeVisible();
    await anahera.page.goto('/people');
    await anahera.page.getByRole('button', { name: 'Add contact' }).click();
    const box = anahera.page.getByLabel('E-mail address or @username');
    await box.fill('nobody@example.nz');
    await anahera.page.getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(anahera.page.getByText('Nobody here has this address or username.')).toBeVisible();
    await box.fill(bea.email);
    await anahera.page.getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(anahera.page.getByRole('heading', { name: 'Waiting for an answer' })).toBeVisible();

    await bea.page.getByRole('button', { name: 'Accept Anahera' }).click();
    await expect(anahera.page.getByRole('button', { name: 'Remove Bea from my contacts' })).toBeVisible();
    await anahera.page.getByRole('link', { name: 'Bea' }).click();
    await expect(anahera.page.getByRole('heading', { name: 'Bea', level: 2 })).toBeVisible();
    await anahera.page.getByRole('button', { name: 'Follow Bea' }).click();
    await bea.page.goto(`/people/${await idOf(anahera)}`);
    await anahera.page.getByRole('button', { name: 'Message' }).click();
    await expect(anahera.page.getByRole('heading', { name: 'Bea', level: 1 })).toBeVisible();
  });

  test('who is blocked cannot write, is not told, and stands in my list until I lift it', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    await anahera.page.goto(`/people/${await idOf(bea)}`);
    await anahera.page.getByRole('button', { name: 'Block Bea' }).click();
    await anahera.page.getByRole('button', { name: 'Block', exact: true }).click();
    await expect(anahera.page.getByRole('button', { name: 'Unblock Bea' })).toBeVisible();
    await bea.page.goto(`/people/${await idOf(anahera)}`);
    await bea.page.getByRole('button', { name: 'Message' }).click();
    await expect(bea.page.getByText('You cannot write to this person.')).toBeVisible();
    await anahera.page.goto('/people?show=blocks');
    await anahera.page.getByRole('button', { name: 'Unblock Bea' }).click();
    await expect(anahera.page.getByText('You block nobody.')).toBeVisible();
    await bea.page.getByRole('button', { name: 'Message' }).click();
    await expect(bea.page.getByRole('heading', { name: 'Anahera', level: 1 })).toBeVisible();
  });

  test('I leave so that nobody adds me again, and take that back in my settings', async ({ actor }) => {
    const [anahera, bea, dan] = [await actor('Anahera'), await actor('Bea'), await actor('Dan')];
    await startGroup(anahera, [bea.email, dan.email], 'Noise');
    await bea.page.getByRole('link', { name: /Noise/ }).click();
    await expect(bea.page.getByRole('heading', { name: 'Noise', level: 1 })).toBeVisible();
    const id = new URL(bea.page.url()).pathname.split('/')[2] ?? '';
    await bea.page.getByRole('link', { name: 'Show details' }).click();
    await bea.page.getByRole('button', { name: 'Leave group' }).click();
    await bea.page.getByLabel('Don’t let them add me again').check();
    await bea.page.getByRole('button', { name: 'Leave', exact: true }).click();
    await expect(bea.page.getByRole('heading', { name: 'No chats yet' })).toBeVisible();

    const adding = () => anahera.context.request.post('/trpc/members.add', { data: { conversationId: id, person: bea.email } });
    expect((await adding()).status()).toBe(403);
    await bea.page.goto('/settings');
    await bea.page.getByRole('button', { name: 'Allow again: Noise' }).click();
    await expect(bea.page.getByText(/Nothing. When you leave a group/)).toBeVisible();
    await call(anahera, 'members.add', { conversationId: id, person: bea.email });
    await expect(bea.page.getByRole('link', { name: /Noise/ })).toBeVisible();
  });
});
