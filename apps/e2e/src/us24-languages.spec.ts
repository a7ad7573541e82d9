import type { Page } from '@playwright/test';
import { expect, startDirect, startGroup, test } from './cast.ts';

const speak = (page: Page, language: string) =>
  page.addInitScript((chosen) => localStorage.setItem('koreromai.language', chosen), language);
const screens = [
  '/',
  '/new',
  '/rooms',
  '/rooms/new',
  '/people',
  '/people?show=everyone',
  '/search',
  '/analytics',
  '/settings',
  '/share?text=Kia+ora',
];

test.describe('US24: I use it in my language', () => {
  test('choosing te reo Māori changes the page at once, and it stays after a reload', async ({ actor }) => {
    const { page } = await actor('Anahera');
    await page.goto('/settings');
    await expect(page.getByText('Unreviewed: nobody fluent in te reo Māori')).toBeVisible();
    await page.getByText('Te reo Māori', { exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Ngā tautuhinga', level: 1 })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Ngā rūma' })).toBeVisible();
    await expect(page.getByText('Kāore anō kia arotakengia')).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'mi');
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Ngā tautuhinga', level: 1 })).toBeVisible();
    await page.getByText('English (NZ)', { exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en-NZ');
  });

  test('a browser that asks for te reo Māori is given it, refusals too', async ({ stranger }) => {
    const page = await stranger({ locale: 'mi-NZ' });
    await page.goto('/sign-in');
    await expect(page.getByRole('heading', { name: 'Nau mai, hoki mai' })).toBeVisible();
    await page.getByLabel('Īmēra').fill('nobody@example.nz');
    await page.getByLabel('Kupuhipa', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Takiuru' }).click();
    await expect(page.getByRole('alert')).toContainText('Kāore tēnei īmēra me te kupuhipa e ōrite');
  });

  for (const language of ['en-XA', 'ar-XB']) {
    test(`longer words and the other direction fit a narrow window (${language})`, async ({ actor }) => {
      const small = { viewport: { width: 360, height: 640 } };
      const [anahera, bea, dan] = [await actor('Anahera', small), await actor('Bea'), await actor('Dan')];
      await startDirect(bea, anahera);
      await startGroup(bea, [anahera.email, dan.email], 'Whānau');
      const { page } = anahera;
      await speak(page, language);
      for (const path of screens) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^\[.*\]$/u);
        await fits(page, path);
      }
      await page.goto('/');
      await page.getByRole('link', { name: /Whānau/ }).click();
      await expect(page.locator('[data-composer]')).toBeVisible();
      await fits(page, 'a chat');
      await page.locator('[data-details-toggle]').click();
      await expect(page.getByRole('tab').first()).toBeVisible();
      await fits(page, 'details');
      await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar-XB' ? 'rtl' : 'ltr');
    });
  }
});

/** Nothing is wider than the window, on either side. */
async function fits(page: Page, place: string): Promise<void> {
  const wide = await page.evaluate(() => ({ is: document.documentElement.scrollWidth, may: window.innerWidth }));
  expect(wide.is, `${place} is wider than the window`).toBeLessThanOrEqual(wide.may);
}
