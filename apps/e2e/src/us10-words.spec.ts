import { composer, expect, message, say, startDirect, test } from './cast.ts';

test.describe('US10: I mend and take back what I wrote', () => {
  test('ArrowUp takes my last message, Enter saves it, and my friend sees the new words', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    await startDirect(anahera, bea);
    await say(anahera.page, 'See you at ten');
    await expect(message(anahera.page, 'See you at ten')).toHaveAttribute('data-status', 'sent');
    await bea.page.getByRole('link', { name: /Anahera/ }).click();
    await anahera.page.keyboard.press('ArrowUp');
    const box = anahera.page.getByRole('textbox', { name: 'Edit your message' });
    await expect(box).toHaveValue('See you at ten');
    await box.fill('See you at eleven');
    await box.press('Enter');
    await expect(message(bea.page, 'See you at eleven')).toContainText('edited');
    await expect(composer(anahera.page)).toHaveValue('');
    await anahera.page.keyboard.press('ArrowUp');
    await box.fill('never mind');
    await box.press('Escape');
    await expect(message(anahera.page, 'See you at eleven')).toBeVisible();
    await expect(composer(anahera.page)).toBeFocused();
  });

  test('hiding is for me alone and can be undone; deleting for everyone asks first; all of it by keys', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    const { page } = anahera;
    await startDirect(anahera, bea);
    await say(page, 'Regretted');
    await expect(message(page, 'Regretted')).toHaveAttribute('data-status', 'sent');
    await bea.page.getByRole('link', { name: /Anahera/ }).click();
    await expect(message(bea.page, 'Regretted')).toBeVisible();

    await page.getByTestId('timeline').focus();
    await page.keyboard.press('ArrowUp');
    await expect(message(page, 'Regretted')).toBeFocused();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Hide for me' }).press('Enter');
    await expect(message(page, 'Regretted')).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(message(page, 'Regretted')).toBeVisible();
    await expect(message(bea.page, 'Regretted')).toBeVisible();

    await message(page, 'Regretted').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Delete for everyone' }).press('Enter');
    await expect(page.getByRole('dialog', { name: 'Delete for everyone?' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(message(page, 'Regretted')).toBeFocused();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Delete for everyone' }).press('Enter');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    for (const each of [page, bea.page]) await expect(message(each, 'This message was deleted')).toBeVisible();
  });
});
