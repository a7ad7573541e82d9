import { expect, test } from './cast.ts';

test('US9: I read what the API offers and try it, and the page loads nothing from elsewhere', async ({ stranger, baseURL }) => {
  const page = await stranger();
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`${baseURL}/`) && !request.url().startsWith('data:')) elsewhere.push(request.url());
  });
  await page.goto('/api/docs');
  await expect(page.getByRole('heading', { name: 'KoreroMai' })).toBeVisible();
  await page.getByPlaceholder('Filter by tag').fill('openapi');
  await page.getByRole('button', { name: 'GET /openapi.json This document' }).click();
  await page.getByRole('button', { name: 'Try it out' }).click();
  await page.getByRole('button', { name: 'Execute' }).click();
  await expect(page.locator('.live-responses-table')).toContainText('"KoreroMai"');
  expect(elsewhere).toEqual([]);
});
