import { addressOf, expect, test } from './cast.ts';

test.describe('US1: I make an account and come back to it', () => {
  test('signing up takes a name, an e-mail and a password, and nothing else', async ({ stranger }) => {
    const page = await stranger();
    const email = addressOf('Aroha');
    await page.goto('/');
    await expect(page).toHaveURL(/sign-in/);
    await page.getByRole('link', { name: /create/i }).click();
    await page.getByLabel('Your name').fill('Aroha');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('a long password');
    await page.getByRole('button', { name: /create/i }).click();
    await expect(page.getByRole('heading', { name: 'No chats yet' })).toBeVisible();

    await page.getByRole('button', { name: 'Account: Aroha' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await expect(page.getByText(/session has ended/i)).toHaveCount(0); // it was chosen

    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('not this one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('This e-mail and password do not match.')).toBeVisible();
    await page.getByLabel('Password', { exact: true }).fill('a long password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('button', { name: 'Account: Aroha' })).toBeVisible();
  });

  test('an address that has an account already is told so at the field', async ({ actor, stranger }) => {
    const { email } = await actor('Bea');
    const page = await stranger();
    await page.goto('/sign-up');
    await page.getByLabel('Your name').fill('Another Bea');
    await page.getByLabel('E-mail').fill(email.toUpperCase());
    await page.getByLabel('Password', { exact: true }).fill('a long password');
    await page.getByRole('button', { name: /create/i }).click();
    await expect(
      page
        .getByText(/account/i)
        .filter({ hasText: /exists|already/ })
        .first(),
    ).toBeVisible();
  });

  test('signing out elsewhere ends that browser at once', async ({ actor, stranger }) => {
    const mine = await actor('Cat');
    const other = await stranger();
    await other.goto('/sign-in');
    await other.getByLabel('E-mail').fill(mine.email);
    await other.getByLabel('Password', { exact: true }).fill(mine.password);
    await other.getByRole('button', { name: 'Sign in' }).click();
    await expect(other.getByRole('button', { name: 'Account: Cat' })).toBeVisible();

    await mine.page.goto('/settings');
    await mine.page.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await mine.page.getByRole('button', { name: 'Sign out others' }).click();
    await expect(other.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await expect(mine.page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  });
});
