import { type Actor, addressOf, call, expect, message, say, startGroup, test, typeAddresses } from './cast.ts';

test.describe('US3: I start a group by typing addresses', () => {
  test('a group of four talks, and its owner renames it, adds and removes', async ({ actor }) => {
    const [anahera, bea, dan, eru] = [await actor('Anahera'), await actor('Bea'), await actor('Dan'), await actor('Eru')];
    await startGroup(anahera, [bea.email, dan.email, eru.email], 'Picnic');
    await expect(anahera.page.getByRole('heading', { name: 'Picnic', level: 1 })).toBeVisible();
    await say(anahera.page, 'Saturday at ten?');
    for (const friend of [bea, dan, eru]) {
      await friend.page.getByRole('link', { name: /Picnic/ }).click();
      await expect(message(friend.page, 'Saturday at ten?')).toBeVisible();
    }
    await say(dan.page, 'I bring bread.');
    await expect(message(eru.page, 'I bring bread.')).toContainText('Dan');

    await anahera.page.getByRole('link', { name: 'Show details' }).click();
    await anahera.page.getByRole('button', { name: 'Rename' }).click();
    await anahera.page.getByLabel('Name', { exact: true }).fill('Beach picnic');
    await anahera.page.getByRole('button', { name: 'Save' }).click();
    await expect(bea.page.getByRole('heading', { name: 'Beach picnic', level: 1 })).toBeVisible();
    await expect(bea.page.getByText('The group is called “Beach picnic” now.')).toBeVisible();

    await anahera.page.getByRole('button', { name: 'Remove Eru' }).click();
    await anahera.page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(eru.page.getByRole('link', { name: /Beach picnic/ })).toHaveCount(0);
    await expect(bea.page.getByText('Anahera removed Eru.')).toBeVisible();
    await expect(anahera.page.getByText('You removed Eru.')).toBeVisible();
    await say(anahera.page, 'Eru does not see this.');
    await expect(message(bea.page, 'Eru does not see this.')).toBeVisible();
    await expect(eru.page.getByText('Eru does not see this.')).toHaveCount(0);
    await call(anahera, 'members.add', { conversationId: new URL(anahera.page.url()).pathname.split('/')[2], person: eru.email });
    await expect(bea.page.getByText('Anahera added Eru.')).toBeVisible();
    await bea.page.reload();
    await expect(message(bea.page, 'Eru does not see this.')).toBeVisible();
    await expect(bea.page.getByText('Anahera added Eru.')).toBeVisible();
    await expect(anahera.page.getByText('You added Eru.')).toBeVisible();
    await eru.page.getByRole('link', { name: /Beach picnic/ }).click();
    await expect(eru.page.getByText('Anahera added you.')).toBeVisible();
    await call(dan, 'conversations.leave', { conversationId: new URL(anahera.page.url()).pathname.split('/')[2] });
    await expect(bea.page.getByText('Dan left.')).toBeVisible();
  });

  test('seats are counted while typing: two make a direct chat, eleven are too many', async ({ actor }) => {
    const { page } = await actor('Anahera');
    await page.goto('/new');
    await typeAddresses(page, [addressOf('one')]);
    await expect(page.getByRole('button', { name: /direct chat/i })).toBeEnabled();
    await typeAddresses(page, [addressOf('two'), addressOf('three')]);
    await expect(page.getByText('4 of 10 seats taken')).toBeVisible();
    await typeAddresses(page, ['a', 'b', 'c', 'd', 'e', 'f'].map(addressOf));
    await expect(page.getByText('10 of 10 seats taken')).toBeVisible();
    await typeAddresses(page, [addressOf('eleventh')]);
    await expect(page.getByText(/at most 10 people/)).toBeVisible();
  });

  test('eleven accounts made in a row meet no limit but the group’s own', async ({ actor }) => {
    const people: Actor[] = [];
    for (let i = 0; i < 11; i++) people.push(await actor(`Person${i}`));
    const [owner, ...others] = people;
    if (!owner) throw new Error('Eleven people were made.');
    await startGroup(
      owner,
      others.slice(0, 9).map((o) => o.email),
      'Full house',
    );
    await expect(owner.page.getByRole('heading', { name: 'Full house', level: 1 })).toBeVisible();
    await owner.page.getByRole('link', { name: 'Show details' }).click();
    await expect(owner.page.getByRole('button', { name: 'The group is full' })).toBeVisible();
  });

  test('leaving hides what follows, and the owner’s place goes on', async ({ actor }) => {
    const [anahera, bea, dan] = [await actor('Anahera'), await actor('Bea'), await actor('Dan')];
    await startGroup(anahera, [bea.email, dan.email], 'Trio');
    await expect(anahera.page.getByRole('heading', { name: 'Trio', level: 1 })).toBeVisible();
    await bea.page.getByRole('link', { name: /Trio/ }).click();
    await anahera.page.getByRole('link', { name: 'Show details' }).click();
    await anahera.page.getByRole('button', { name: 'Leave group' }).click();
    await expect(anahera.page.getByText(/becomes its owner/)).toBeVisible();
    await anahera.page.getByRole('button', { name: 'Leave', exact: true }).click();
    await expect(anahera.page.getByRole('heading', { name: 'No chats yet' })).toBeVisible();
    await say(bea.page, 'She is gone.');
    await expect(message(bea.page, 'She is gone.')).toHaveAttribute('data-status', 'sent');
    await expect(anahera.page.getByText('She is gone.')).toHaveCount(0);
  });
});
