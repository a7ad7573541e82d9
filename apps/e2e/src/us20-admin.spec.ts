import { call, expect, message, say, startDirect, test } from './cast.ts';

test.describe('US20: I run the instance', () => {
  test('a reported message is seen alone, deleted and resolved; its author is suspended and let in again; all of it is written down', async ({
    actor,
    siteAdmin,
  }) => {
    const [rangi, bea, dan] = [await siteAdmin(), await actor('Bea'), await actor('Dalton')];
    const words = `Rude words ${Date.now()}`;
    await startDirect(dan, bea);
    await say(dan.page, words);
    await expect(message(dan.page, words)).toHaveAttribute('data-status', 'sent');
    const chats: { items: { lastMessage: { id: string } }[] } = await (await bea.context.request.get('/api/v1/conversations')).json();
    await call(bea, 'messages.report', { messageId: chats.items[0]?.lastMessage.id, reason: 'This is rude.' });

    const { page } = rangi;
    await page.getByRole('button', { name: 'Account: Rangi' }).click();
    await page.getByRole('menuitem', { name: 'Administration' }).click();
    const report = page.getByRole('listitem').filter({ has: page.getByText(words) });
    await expect(report).toContainText('This is rude.');
    await report.getByRole('button', { name: 'Delete the message' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByText(words)).toHaveCount(0);
    await expect(message(dan.page, 'This message was deleted')).toBeVisible();

    const { id }: { id: string } = await (await dan.context.request.get('/api/v1/users/me')).json();
    await bea.page.goto(`/people/${id}`);
    await bea.page.getByRole('button', { name: 'Report Dalton' }).click();
    await bea.page.getByRole('textbox', { name: 'What is wrong with it?' }).fill(`Writes to everybody ${words}`);
    await bea.page.getByRole('button', { name: 'Report', exact: true }).click();
    await expect(bea.page.getByText('Thank you. The moderators will look at it.')).toBeVisible();
    await page.reload();
    const person = page.getByRole('listitem').filter({ has: page.getByText(`Writes to everybody ${words}`) });
    await expect(person).toContainText('was reported');
    await expect(person.getByRole('button', { name: 'Delete the message' })).toHaveCount(0);
    await person.getByRole('button', { name: 'Suspend this person' }).click();
    await expect(page.getByRole('dialog', { name: 'Suspend Dalton?' })).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await person.getByRole('button', { name: 'Resolve' }).click();
    await expect(person).toContainText('Resolved');

    await page.getByRole('tab', { name: 'People' }).click();
    await page.getByRole('textbox', { name: 'Find people' }).fill(dan.email);
    await page.getByRole('button', { name: 'Suspend Dalton' }).click();
    await page.getByRole('button', { name: 'Suspend', exact: true }).click();
    await expect(dan.page.getByRole('heading', { name: 'Welcome back' })).toBeVisible();
    await page.getByRole('button', { name: 'Let Dalton in again' }).click();
    await page.getByLabel('Role of Dalton').selectOption({ label: 'Moderator' });
    const people = () => page.request.get('/api/v1/admin/users', { params: { query: dan.email } });
    await expect.poll(async () => (await people()).text()).toContain('"moderator"'); // the audit is read when it is opened
    await page.getByRole('tab', { name: 'Audit' }).click();
    await expect(page.getByText('Rangi suspended somebody').first()).toBeVisible();
    await expect(page.getByText('Rangi gave a role').first()).toBeVisible();
    await page.getByRole('tab', { name: 'Mail' }).click();
    await expect(page.getByRole('tabpanel')).toBeVisible();
  });

  test('rules are shown and saved; a user finds a closed door', async ({ actor, siteAdmin }) => {
    const [rangi, bea] = [await siteAdmin(), await actor('Bea')];
    await bea.page.goto('/admin');
    await expect(bea.page.getByRole('heading', { name: 'This is for those who run the server' })).toBeVisible();
    await rangi.page.goto('/admin?show=rules');
    await rangi.page.getByLabel('Days that a closed chat is kept').fill('31');
    await rangi.page.getByRole('button', { name: 'Save rules' }).click();
    await expect(rangi.page.getByText('The rules hold from now on.')).toBeVisible();
    await rangi.page.reload();
    await expect(rangi.page.getByLabel('Days that a closed chat is kept')).toHaveValue('31');
    await rangi.page.getByLabel('Days that a closed chat is kept').fill('30');
    await rangi.page.getByRole('button', { name: 'Save rules' }).click();
    await expect(rangi.page.getByText('The rules hold from now on.')).toBeVisible();
  });
});
