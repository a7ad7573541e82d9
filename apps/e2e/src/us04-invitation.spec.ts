import { addressOf, expect, message, say, startGroup, test } from './cast.ts';

test.describe('US4: my friend has no account yet', () => {
  test('their seat waits: the link I pass on signs them up and takes it', async ({ actor, stranger, baseURL }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    await startGroup(anahera, [bea.email, addressOf('moana')], 'Waka');
    const field = anahera.page.getByRole('textbox', { name: /^Link for/ });
    await expect(field).toBeVisible();
    const link = await field.inputValue();
    expect(new URL(link).origin).toBe(baseURL);
    await anahera.page.getByRole('link', { name: 'Open the chat' }).click();
    await say(anahera.page, 'Before Moana came.');
    await bea.page.getByRole('link', { name: /Waka/ }).click();
    await expect(message(bea.page, 'Before Moana came.')).toBeVisible();
    await bea.page.getByRole('link', { name: 'Show details' }).click();
    await expect(bea.page.getByText('One seat is kept')).toBeVisible();
    await expect(bea.page.getByText('@example.nz')).toHaveCount(0); // C7: the address is the inviter's alone

    const page = await stranger();
    await page.goto(link);
    await expect(page.getByText(/Anahera keeps a seat for you/)).toBeVisible();
    await page.getByLabel('Your name').fill('Moana');
    await page.getByLabel('E-mail').fill(addressOf('another-address'));
    await page.getByLabel('Password', { exact: true }).fill('a long password');
    await page
      .getByRole('button', { name: /create/i })
      .first()
      .click();
    await expect(page.getByRole('heading', { name: 'Waka', level: 1 })).toBeVisible();
    await say(page, 'Tēnā koutou!');
    await expect(message(anahera.page, 'Tēnā koutou!')).toBeVisible();
    await expect(bea.page.getByText('Moana came in by a link.')).toBeVisible();
    await expect(page.getByText('You came in by a link.')).toBeVisible();
    await expect(page.getByText('Before Moana came.')).toHaveCount(0);

    const late = await stranger();
    await late.goto(link);
    await expect(late.getByText(/used, withdrawn or is too old/)).toBeVisible();
  });

  test('a direct chat with an unknown address begins when the link is opened', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    await anahera.page.goto('/new');
    await anahera.page.getByRole('textbox', { name: 'With whom?' }).fill(addressOf('nobody-yet'));
    await anahera.page.keyboard.press('Enter');
    await anahera.page.getByRole('button', { name: /direct chat/i }).click();
    const link = await anahera.page.getByRole('textbox', { name: /^Link for/ }).inputValue();
    await bea.page.goto(link);
    await bea.page.getByRole('button', { name: /Join as/ }).click();
    await expect(bea.page.getByRole('heading', { name: 'Anahera', level: 1 })).toBeVisible();
    await say(bea.page, 'Here I am.');
    await expect(anahera.page.getByRole('link', { name: /Bea/ })).toContainText('Here I am.');
  });
});
