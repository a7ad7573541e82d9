import type { Page } from '@playwright/test';
import { expect, message, test } from './cast.ts';

test.describe('US7: I use it without a mouse', () => {
  test('signing in, starting a chat, writing and leaving it are done by keys alone', async ({ actor }) => {
    const bea = await actor('Bea');
    const anahera = await actor('Anahera');
    const { page } = anahera;
    await tabTo(page, 'New chat');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'With whom?' })).toBeFocused();
    await page.keyboard.type(bea.email);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Message to Bea' })).toBeFocused();
    await page.keyboard.type('All by keys');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('in two lines');
    await page.keyboard.press('Enter');
    await expect(message(page, 'in two lines')).toHaveAttribute('data-status', 'sent');

    await tabTo(page, 'Show details');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
    await tabTo(page, 'Account: Anahera');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Settings' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Account: Anahera' })).toBeFocused();
  });
});

/** Presses Tab until the thing with that name has the focus, and proves that the focus can be seen. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate((wanted) => {
      const here = document.activeElement;
      const label = here?.getAttribute('aria-label') ?? here?.textContent?.trim();
      return label === wanted && here !== null && getComputedStyle(here).outlineStyle !== 'none';
    }, name);
    if (found) return;
  }
  throw new Error(`Sixty times Tab never reached "${name}" with a visible focus.`);
}
