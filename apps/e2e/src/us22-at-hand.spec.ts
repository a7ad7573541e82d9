import { call, composer, expect, message, startDirect, startGroup, test } from './cast.ts';

test.describe('US22: I name people, and keep at hand what matters', () => {
  test('@ offers who is in the chat; whoever is named sees a mark at the chat, and finds the message among their mentions', async ({
    actor,
  }) => {
    const [anahera, bea, dan] = [await actor('Anahera'), await actor('Bea'), await actor('Dan')];
    const { page } = anahera;
    await startGroup(anahera, [bea.email, dan.email], 'Picnic');
    await composer(page).pressSequentially('Kia ora @be');
    await expect(page.getByRole('option', { name: /Bea/ })).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Tab');
    await expect(composer(page)).toHaveValue(/^Kia ora @[\w-]+ $/);
    await expect(composer(page)).toBeFocused();
    await page.keyboard.type('bring the tent');
    await page.keyboard.press('Enter');
    await expect(message(page, 'bring the tent').locator('.mention')).toHaveText(/^@[\w-]+$/);
    await expect(bea.page.getByRole('link', { name: /Picnic.*1 that name you/ })).toBeVisible();
    await bea.page.getByRole('link', { name: 'Mentions' }).click();
    await bea.page.getByRole('link', { name: /Anahera in Picnic/ }).click();
    await expect(message(bea.page, 'bring the tent')).toBeFocused();
    await expect(message(bea.page, 'bring the tent').locator('.mention-me')).toBeVisible();
  });

  test('what is pinned stands in the details of everybody, leads to where it was said, and comes off again', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    await startDirect(anahera, bea);
    const id = new URL(anahera.page.url()).pathname.split('/')[2];
    await call(bea, 'messages.post', { conversationId: id, text: 'The key is under the mat' });
    await message(anahera.page, 'The key').focus();
    await anahera.page.keyboard.press('Enter');
    await anahera.page.getByRole('menuitem', { name: 'Pin for everybody' }).press('Enter');
    await bea.page.goto(`/c/${id}/details?show=pins`);
    await expect(bea.page.getByRole('tabpanel').getByRole('link', { name: /The key is under the mat/ })).toContainText('Pinned by Anahera');
    await bea.page.getByRole('button', { name: /Take off the pin/ }).click();
    await expect(bea.page.getByText('Nothing is pinned')).toBeVisible();
    await expect(message(anahera.page, 'The key').getByTitle('Pinned')).toHaveCount(0);
  });

  test('I mark unread from a message on, Esc reads it again, and a report reaches the moderators', async ({ actor, siteAdmin }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    const { page } = anahera;
    await startDirect(bea, anahera);
    const id = new URL(bea.page.url()).pathname.split('/')[2];
    const words = `Buy my boat ${Date.now()}`;
    for (const text of ['First', words]) await call(bea, 'messages.post', { conversationId: id, text });
    await page.goto(`/c/${id}`);
    await message(page, words).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Mark unread from here' }).press('Enter');
    await expect(page).toHaveTitle('(1) KoreroMai');
    await page.keyboard.press('Escape');
    await expect(page).toHaveTitle('KoreroMai');
    await message(page, words).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Report' }).press('Enter');
    await page.getByLabel('What is wrong with it?').fill('It is an advertisement');
    await page.getByRole('button', { name: 'Report', exact: true }).click();
    await expect(page.getByText('Thank you. The moderators will look at it.')).toBeVisible();
    const admin = await siteAdmin();
    await admin.page.goto('/admin?show=reports');
    await expect(admin.page.getByText(words)).toBeVisible();
  });
});
