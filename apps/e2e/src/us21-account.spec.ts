import { expect, startDirect, test } from './cast.ts';

/** One red pixel. */
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==', 'base64');

test.describe('US21: my account is mine', () => {
  test('name, username, words and picture are others’ to see at once', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    await startDirect(bea, anahera);
    const { page } = anahera;
    const username = `ana.${Date.now()}`;
    await page.goto('/settings');
    await page.getByLabel('Name', { exact: true }).fill('Anahera Rāwiri');
    await page.getByLabel('Username').fill('x');
    await page.getByRole('button', { name: 'Save profile' }).click();
    await expect(page.getByText(/Must be 3 to 32/)).toBeVisible();
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('About me').fill('Paddles before breakfast.');
    await page.getByRole('button', { name: 'Save profile' }).click();
    await expect(page.getByText('Your profile is saved.')).toBeVisible();
    await expect(bea.page.getByRole('heading', { name: 'Anahera Rāwiri', level: 1 })).toBeVisible();
    await page.getByLabel('Picture of me').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: picture });
    await expect(page.getByRole('button', { name: 'Change the picture' })).toBeVisible();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await expect(page.getByRole('button', { name: 'Choose a picture' })).toBeVisible();
  });

  test('data are exported, and the account goes only with its username and password typed', async ({ actor, stranger }) => {
    const anahera = await actor('Anahera');
    const { page } = anahera;
    await page.goto('/settings');
    const [zip] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export my data' }).click()]);
    expect(zip.suggestedFilename()).toMatch(/\.zip$/);
    await page.getByRole('button', { name: 'Delete my account' }).click();
    const last = page.getByRole('button', { name: 'Delete my account for good' });
    await expect(last).toHaveAttribute('aria-disabled', 'true');
    const typed = page.getByLabel(/^Type your username/);
    await page.getByLabel('Your password').fill('not this one');
    await typed.fill('somebody else');
    await expect(last).toHaveAttribute('aria-disabled', 'true');
    const label = (await page.getByText(/^Type your username/).textContent()) ?? '';
    await typed.fill(label.replace('Type your username, ', ''));
    await last.click();
    await expect(page.getByText(/This is not your current password/)).toBeVisible();
    await page.getByLabel('Your password').fill(anahera.password);
    await last.click();
    await expect(page.getByRole('heading', { name: 'Create your account' })).toBeVisible();
    const door = await stranger();
    await door.goto('/sign-in');
    await door.getByLabel('E-mail').fill(anahera.email);
    await door.getByLabel('Password', { exact: true }).fill(anahera.password);
    await door.getByRole('button', { name: 'Sign in' }).click();
    await expect(door.getByText(/do not match/)).toBeVisible();
  });
});
