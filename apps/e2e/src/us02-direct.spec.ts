import { expect, message, say, startDirect, test } from './cast.ts';

test.describe('US2: I type a friend’s e-mail and we talk', () => {
  test('what one writes stands with the other at once, counted while unread', async ({ actor }) => {
    const anahera = await actor('Anahera');
    const bea = await actor('Bea');
    await startDirect(anahera, bea);
    await say(anahera.page, 'Kia ora Bea!');
    await expect(message(anahera.page, 'Kia ora Bea!')).toHaveAttribute('data-status', 'sent');

    const row = bea.page.getByRole('link', { name: /Anahera/ });
    await expect(row).toContainText('Kia ora Bea!');
    await expect(bea.page).toHaveTitle(/^\(1\)/);
    await row.click();
    await expect(message(bea.page, 'Kia ora Bea!')).toBeVisible();
    await expect(bea.page).not.toHaveTitle(/^\(/);

    await say(bea.page, 'Kia ora Anahera, kei te pēhea koe?');
    await expect(message(anahera.page, 'kei te pēhea koe?')).toBeVisible();
    await expect(anahera.page).not.toHaveTitle(/^\(/);
  });

  test('the same pair always meets in the same chat', async ({ actor }) => {
    const anahera = await actor('Anahera');
    const bea = await actor('Bea');
    await startDirect(anahera, bea);
    await say(anahera.page, 'first');
    await startDirect(bea, anahera);
    await expect(message(bea.page, 'first')).toBeVisible();
    expect(new URL(bea.page.url()).pathname).toBe(new URL(anahera.page.url()).pathname);
  });

  test('a reload in the middle loses nothing and shows nothing twice', async ({ actor }) => {
    const anahera = await actor('Anahera');
    const bea = await actor('Bea');
    await startDirect(anahera, bea);
    for (let i = 1; i <= 5; i++) await say(anahera.page, `line ${i}.`);
    await anahera.page.reload();
    for (let i = 1; i <= 5; i++) await expect(message(anahera.page, `line ${i}.`)).toHaveCount(1);
    await bea.page.getByRole('link', { name: /Anahera/ }).click();
    for (let i = 1; i <= 5; i++) await expect(message(bea.page, `line ${i}.`)).toHaveCount(1);
  });

  test('markup is shown as the words it is', async ({ actor }) => {
    const anahera = await actor('Anahera');
    const bea = await actor('Bea');
    await startDirect(anahera, bea);
    const hostile = '<img src=x onerror="document.title=1"> javascript:alert(1) https://example.nz/a';
    await say(anahera.page, hostile);
    await expect(message(anahera.page, '<img src=x')).toContainText(hostile);
    const link = message(anahera.page, '<img src=x').getByRole('link');
    await expect(link).toHaveCount(1);
    await expect(link).toHaveAttribute('rel', /noopener/);
  });
});
