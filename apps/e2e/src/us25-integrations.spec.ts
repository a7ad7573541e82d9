import AxeBuilder from '@axe-core/playwright';
import { type Actor, call, expect, message, say, startGroup, test } from './cast.ts';

async function trio(actor: (name: string) => Promise<Actor>, name: string) {
  const [anahera, bea, dan] = [await actor('Anahera'), await actor('Bea'), await actor('Dan')];
  await startGroup(anahera, [bea.email, dan.email], name);
  await expect(anahera.page.getByRole('heading', { name, level: 1 })).toBeVisible();
  return { anahera, bea, dan };
}

const harmless = async ({ page }: Actor) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

test.describe('US25: other programs take part', () => {
  test('I make a bot and a token, which is shown once; the bot does what the token says, until I revoke it', async ({ actor }) => {
    const { anahera, bea } = await trio(actor, 'With a bot');
    const { page } = anahera;
    await page.goto('/settings');
    await expect(page.getByText('No bots yet.')).toBeVisible();
    await page.getByLabel('Name of the new bot').fill('Karere');
    await page.getByRole('button', { name: 'Make a bot' }).click();
    await page.getByRole('button', { name: 'Tokens of Karere' }).click();
    await expect(page.getByText(/without one the bot can do nothing/)).toBeVisible();
    await page.getByLabel('What the token is for').fill('The cellar');
    await page.getByRole('button', { name: 'Make a token' }).click();
    const token = await page.getByLabel('The new token').inputValue();
    expect(token).toMatch(/^kmb_/);
    await harmless(anahera);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await expect(page.getByLabel('The new token')).toHaveCount(0);
    await expect(page.getByText(/read, post · never used/)).toBeVisible();

    await page.getByRole('button', { name: 'Rename Karere' }).click();
    await page.getByLabel('New name of Karere').fill('Te Karere');
    await harmless(anahera);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Rename Te Karere' })).toBeFocused();
    await page.reload();

    const asBot = { headers: { authorization: `Bearer ${token}` } };
    const me = await (await bea.context.request.get('/api/v1/users/me', asBot)).json();
    expect(me).toMatchObject({ name: 'Te Karere', bot: true });
    const [mine] = (await (await anahera.context.request.get('/api/v1/conversations')).json()).items;
    await call(anahera, 'members.add', { conversationId: mine.id, person: `@${me.username}` });
    await bea.page.getByRole('link', { name: /With a bot/ }).click();
    await bea.page.getByRole('link', { name: 'Show details' }).click();
    await expect(bea.page.locator('.member', { hasText: 'Karere' })).toContainText('Bot');
    const [chat] = (await (await bea.context.request.get('/api/v1/conversations', asBot)).json()).items;
    const posted = await bea.context.request.post(`/api/v1/conversations/${chat.id}/messages`, {
      ...asBot,
      data: { text: 'Kia ora from the cellar' },
    });
    expect(posted.status()).toBe(201);
    await expect(message(bea.page, 'Kia ora from the cellar')).toContainText('Bot');

    await page.goto('/settings');
    await page.getByRole('button', { name: 'Tokens of Te Karere' }).click();
    await page.getByRole('button', { name: 'Revoke The cellar' }).click();
    await expect(page.getByText(/without one the bot can do nothing/)).toBeVisible();
    expect((await bea.context.request.get('/api/v1/users/me', asBot)).status()).toBe(401);
    await page.getByRole('button', { name: 'Delete Te Karere' }).click();
    await page.getByRole('button', { name: 'Delete the bot' }).click();
    await expect(page.getByText('No bots yet.')).toBeVisible();
  });

  test('another system writes in my group by an address that is shown once, and hears of it at another; who does not tend the group sees neither', async ({
    actor,
  }) => {
    const { anahera, bea } = await trio(actor, 'With webhooks');
    const { page } = anahera;
    await page.getByRole('link', { name: 'Show details' }).click();
    await expect(page.getByText('None yet.')).toHaveCount(2);
    await page.getByLabel('Name it writes under').fill('Builds');
    await page.getByRole('button', { name: 'Make an address' }).click();
    const address = new URL(await page.getByLabel('The new address').inputValue());
    await page.getByRole('button', { name: 'I have kept it' }).click();
    const answer = await bea.context.request.post(address.pathname, { data: { text: 'Build 7 is green' }, headers: { cookie: '' } });
    expect(await answer.text()).toBe('ok');
    await bea.page.getByRole('link', { name: /With webhooks/ }).click();
    await expect(message(bea.page, 'Build 7 is green')).toContainText('Builds');

    await page.getByLabel('Address', { exact: true }).fill('https://127.0.0.1/in');
    await page.getByRole('button', { name: 'Send to this address' }).click();
    await expect(page.getByText(/https address on the public Internet/).last()).toBeVisible();
    await page.getByLabel('Address', { exact: true }).fill('https://hooks.example.nz/in');
    await page.getByRole('button', { name: 'Send to this address' }).click();
    await expect(page.getByLabel('The new secret')).toHaveValue(/^whsec_/);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await say(bea.page, 'Heard elsewhere');
    const sent = page.getByRole('button', { name: 'What was sent to https://hooks.example.nz/in' });
    await expect(async () => {
      await sent.click();
      await expect(page.getByText(/^message\.created$/)).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await harmless(anahera);

    await bea.page.getByRole('link', { name: 'Show details' }).click();
    await expect(bea.page.getByRole('heading', { name: 'Members' })).toBeVisible();
    await expect(bea.page.getByRole('heading', { name: 'Webhooks', exact: true })).toHaveCount(0);
    await page.getByRole('button', { name: 'Remove the webhook https://hooks.example.nz/in' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('button', { name: 'Remove the webhook Builds' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(page.getByText('None yet.')).toHaveCount(2);
    expect((await bea.context.request.post(address.pathname, { data: { text: 'too late' } })).status()).toBe(404);
  });
});
