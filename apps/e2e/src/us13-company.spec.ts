import { composer, expect, message, say, startDirect, test } from './cast.ts';

test.describe('US13: I see who writes and who has read, and what I began waits for me', () => {
  test('typing is shown while it lasts, and the mark below my message says when it was read', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    await startDirect(anahera, bea);
    await say(anahera.page, 'Are you there?');
    await expect(anahera.page.getByTestId('read-mark')).toHaveText('Sent');
    await bea.page.getByRole('link', { name: /Anahera/ }).click();
    await expect(anahera.page.getByTestId('read-mark')).toHaveText('Read');
    await composer(bea.page).pressSequentially('I am');
    await expect(anahera.page.getByTestId('typing')).toHaveText('Bea is typing…');
    await composer(bea.page).press('Enter');
    await expect(message(anahera.page, 'I am')).toBeVisible();
    await expect(anahera.page.getByTestId('typing')).toBeEmpty();
  });

  test('what I began stands in the list, after a reload, and on my other device until it is sent', async ({ actor, browser }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    await startDirect(anahera, bea);
    await composer(anahera.page).fill('half a thought');
    await anahera.page.reload();
    await expect(composer(anahera.page)).toHaveValue('half a thought');
    const other = await browser.newContext();
    await other.request.post('/trpc/auth.signIn', { data: { email: anahera.email, password: anahera.password } });
    const phone = await other.newPage();
    await phone.goto('/');
    await expect(phone.getByRole('link', { name: /Bea/ })).toContainText('Draft: half a thought');
    await phone.getByRole('link', { name: /Bea/ }).click();
    await expect(composer(phone)).toHaveValue('half a thought');
    await composer(phone).press('Enter');
    await expect(message(anahera.page, 'half a thought')).toBeVisible();
    await expect(composer(anahera.page)).toHaveValue('');
    await other.close();
  });
});
