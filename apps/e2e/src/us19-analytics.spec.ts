import { readFile } from 'node:fs/promises';
import { expect, message, say, startGroup, test } from './cast.ts';

test('US19: I see who writes most, where and when, the same numbers as the API', async ({ actor }) => {
  const [anahera, bea, dan] = [await actor('Anahera'), await actor('Bea'), await actor('Dan')];
  await startGroup(anahera, [bea.email, dan.email], 'Numbers');
  await bea.page.getByRole('link', { name: /Numbers/ }).click();
  for (const text of ['one', 'two', 'three']) await say(bea.page, text);
  await say(anahera.page, 'four');
  await expect(message(bea.page, 'four')).toBeVisible();
  await expect(message(bea.page, 'three')).toHaveAttribute('data-status', 'sent');

  const { page } = anahera;
  await page.getByRole('link', { name: 'Activity' }).click();
  await page.getByText('Today', { exact: true }).click();
  await expect(page).toHaveURL(/range=today/);
  await expect(page.getByRole('row', { name: /Numbers 4/ })).toBeVisible();
  const top: { items: { user: { name: string }; messages: number }[] } = await (
    await anahera.context.request.get('/api/v1/analytics/top-users?limit=5')
  ).json();
  const people = page.getByRole('region', { name: 'Who writes most' }).getByRole('row');
  await expect(people).toHaveCount(top.items.length + 1);
  for (const [at, each] of top.items.entries())
    await expect(people.nth(at + 1)).toHaveText(new RegExp(`^${each.user.name}\\s*${each.messages}$`));

  await page.getByRole('button', { name: 'Show as a table' }).click();
  const daily: { items: { messages: number }[] } = await (
    await anahera.context.request.get('/api/v1/analytics/daily?tz=Pacific/Auckland&limit=1')
  ).json();
  await expect(page.getByRole('region', { name: 'Messages by day' }).getByRole('row').nth(1)).toContainText(
    String(daily.items[0]?.messages),
  );
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV: Where most is written' }).click(),
  ]);
  expect(await readFile(await file.path(), 'utf8')).toContain('Chat,Messages\r\n');

  await page.getByText('Dates', { exact: true }).click();
  await page.getByLabel('First day').fill('2020-01-02');
  await page.getByLabel('Last day').fill('2020-01-01');
  await expect(page.getByText('The first day lies after the last one.')).toBeVisible();
  await page.getByLabel('Last day').fill('2020-01-31');
  await expect(page.getByRole('heading', { name: '0 messages' })).toBeVisible();
  await expect(page.getByText('Nothing was written in this time.')).toHaveCount(2);
});
