import { type Actor, expect, message, say, startGroup, test } from './cast.ts';

async function trio(actor: (name: string) => Promise<Actor>, name: string) {
  const [anahera, bea, dan] = [await actor('Anahera'), await actor('Bea'), await actor('Dan')];
  await startGroup(anahera, [bea.email, dan.email], name);
  await expect(anahera.page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await anahera.page.getByRole('link', { name: 'Show details' }).click();
  return { anahera, bea, dan };
}

test.describe('US18: I keep my chats in order', () => {
  test('an admin may add where the owner lets admins; the owner hands the group over', async ({ actor }) => {
    const { anahera, bea } = await trio(actor, 'Order');
    await bea.page.getByRole('link', { name: /Order/ }).click();
    await bea.page.getByRole('link', { name: 'Show details' }).click();
    await expect(bea.page.getByRole('button', { name: 'Add people' })).toHaveCount(0);
    await anahera.page.getByRole('button', { name: 'Role of Bea' }).click();
    await anahera.page.getByRole('menuitem', { name: 'Make admin' }).click();
    await anahera.page.getByLabel('Who may rename it and add people?').selectOption({ label: 'I and the admins' });
    await expect(bea.page.getByRole('button', { name: 'Add people' })).toBeVisible();
    await expect(bea.page.getByRole('button', { name: 'Remove Dan' })).toBeVisible();
    await expect(bea.page.getByRole('button', { name: 'Remove Anahera' })).toHaveCount(0);

    await anahera.page.getByRole('button', { name: 'Role of Bea' }).click();
    await anahera.page.getByRole('menuitem', { name: 'Make owner…' }).click();
    await anahera.page.getByRole('button', { name: 'Make owner', exact: true }).click();
    await expect(bea.page.getByRole('button', { name: 'Role of Anahera' })).toBeVisible();
    await expect(anahera.page.getByRole('button', { name: 'Role of Bea' })).toHaveCount(0);
  });

  test('what I am told of is kept, and muting ends when I say so', async ({ actor }) => {
    const { anahera } = await trio(actor, 'Loud');
    const { page } = anahera;
    await page.getByLabel('Tell me of').selectOption({ label: 'When I am mentioned' });
    await page.getByLabel('Mute').selectOption({ label: 'For eight hours' });
    await expect(page.getByLabel('Mute').locator('option:checked')).toContainText('Muted until');
    await page.reload();
    await expect(page.getByLabel('Tell me of').locator('option:checked')).toHaveText('When I am mentioned');
    await page.getByLabel('Mute').selectOption({ label: 'Not muted' });
    await page.reload();
    await expect(page.getByLabel('Mute').locator('option:checked')).toHaveText('Not muted');
  });

  test('from the list I mute a chat, keep it unread and hide it, by pointer or by keys', async ({ actor }) => {
    const { anahera, bea } = await trio(actor, 'Listed');
    const { page } = bea;
    await say(anahera.page, 'Kia ora');
    const row = page.getByRole('link', { name: /Listed/ });
    await expect(row).toContainText('1 unread');
    await row.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Mark as read' }).click();
    await expect(row).not.toContainText('unread');
    await expect(row).toBeFocused();
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menu', { name: 'What to do with Listed' })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('menuitem', { name: 'Mark as unread' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(row).toContainText('1 unread');
    await row.hover();
    await page.getByRole('button', { name: 'What to do with Listed' }).click();
    await page.getByRole('menuitem', { name: 'Until I turn it off' }).click();
    await row.click({ button: 'right' });
    await expect(page.getByRole('menuitem', { name: 'Unmute' })).toBeVisible();
    await page.getByRole('menuitem', { name: 'Details' }).click();
    await expect(page.getByLabel('Mute').locator('option:checked')).toHaveText('Until I turn it off');
    await row.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Hide from my list' }).click();
    await expect(row).toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'Details' })).toHaveCount(0);
  });

  test('hidden, it comes back with the next message; cleared, it is empty for me alone; closed, it is gone for all', async ({ actor }) => {
    const { anahera, bea } = await trio(actor, 'Away');
    await say(anahera.page, 'Before');
    const row = anahera.page.locator('[data-conversation]');
    await anahera.page.getByRole('button', { name: 'Hide from my list' }).click();
    await expect(row).toHaveCount(0);
    await bea.page.getByRole('link', { name: /Away/ }).click();
    await expect(message(bea.page, 'Before')).toBeVisible();
    await say(bea.page, 'Back again');
    await row.click();
    await expect(message(anahera.page, 'Before')).toBeVisible();
    await anahera.page.getByRole('link', { name: 'Show details' }).click();
    await anahera.page.getByRole('button', { name: 'Clear for me' }).click();
    await anahera.page.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect(row).toHaveCount(0);
    await say(bea.page, 'Afterwards');
    await row.click();
    await expect(message(anahera.page, 'Afterwards')).toBeVisible();
    await expect(message(anahera.page, 'Before')).toHaveCount(0);
    await expect(message(bea.page, 'Before')).toBeVisible();

    await anahera.page.getByRole('link', { name: 'Show details' }).click();
    await anahera.page.getByRole('button', { name: 'Close for everyone' }).click();
    await anahera.page.getByRole('button', { name: 'Close the group' }).click();
    await expect(bea.page.locator('[data-conversation]')).toHaveCount(0);
  });
});
