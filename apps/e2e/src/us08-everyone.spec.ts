import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { type Actor, addressOf, expect, message, say, startDirect, startGroup, test } from './cast.ts';

const looks = [
  { look: 'light, wide', options: { colorScheme: 'light' as const, viewport: { width: 1440, height: 900 } } },
  { look: 'dark, narrow', options: { colorScheme: 'dark' as const, viewport: { width: 360, height: 640 } } },
];

for (const { look, options } of looks) {
  test.describe(`US8: everyone can use every screen (${look})`, () => {
    test('doors, also with something wrong, pass axe', async ({ stranger }) => {
      const page = await stranger(options);
      for (const path of ['/sign-in', '/sign-up', '/join/no-such-link']) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await sound(page, path);
      }
      await page.goto('/sign-up');
      await page.getByLabel('Your name').fill('A');
      await page.getByLabel('E-mail').fill('no address');
      await page.getByLabel('Password', { exact: true }).fill('x');
      await page.getByRole('button', { name: /create/i }).click();
      await sound(page, 'a refused form');
    });

    test('chats, details, dialogs, menus and settings pass axe', async ({ actor }) => {
      const anahera = await actor('Anahera', options);
      const { page } = anahera;
      await sound(page, 'no chats yet');
      await furnish(anahera, await actor('Bea'), await actor('Dan'));
      await page.goto('/');
      await expect(page.getByRole('link', { name: /Whānau/ })).toBeVisible();
      await sound(page, 'list of chats');
      await page.getByRole('link', { name: /Whānau/ }).click();
      await expect(message(page, 'Nau mai!')).toBeVisible();
      await sound(page, 'a chat');
      await page.getByRole('link', { name: 'Show details' }).click();
      await expect(page.getByRole('button', { name: 'Rename' })).toBeVisible();
      await sound(page, 'details');
      for (const button of ['Rename', 'Add people', 'Leave group']) {
        await page.getByRole('button', { name: button }).click();
        await expect(page.getByRole('dialog').or(page.getByRole('alertdialog'))).toBeVisible();
        await sound(page, `dialog ${button}`);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
      }
      await page.goto('/new');
      await sound(page, 'new chat');
      await page.goto('/settings');
      await expect(page.getByText('This device', { exact: true })).toBeVisible();
      await sound(page, 'settings');
      await page.goto('/');
      await page.getByRole('button', { name: 'Account: Anahera' }).click();
      await expect(page.getByRole('menuitem', { name: 'Settings' })).toBeVisible();
      await sound(page, 'account menu');
    });
  });
}

async function furnish(owner: Actor, bea: Actor, dan: Actor): Promise<void> {
  await startDirect(bea, owner);
  await say(bea.page, 'Kia ora! See https://example.nz/picnic');
  await startGroup(dan, [owner.email, bea.email], 'Dan’s');
  await startGroup(owner, [bea.email, dan.email, addressOf('waiting')], 'Whānau');
  await owner.page.getByRole('link', { name: 'Open the chat' }).click();
  await say(owner.page, 'Nau mai!');
  await expect(message(owner.page, 'Nau mai!')).toHaveAttribute('data-status', 'sent');
}

/** No axe violation, nothing wider than the window. */
async function sound(page: Page, place: string): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => null))));
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map((v) => `${place}: ${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${place} is wider than the window`).toBe(
    true,
  );
}
