import type { Page } from '@playwright/test';
import { type Actor, expect, message, startGroup, test } from './cast.ts';

const orders = [
  { order: 'newestLast', how: 'scrolling up', wheel: -500 },
  { order: 'newestFirst', how: 'with the newest first, scrolling down', wheel: 500 },
];

test.describe('US6: I read back through a long history', () => {
  test.setTimeout(90_000);
  for (const { order, how, wheel } of orders) {
    test(`${how} loads older pages and what I look at does not move`, async ({ actor }) => {
      const people: Actor[] = [];
      for (const name of ['Anahera', 'Bea', 'Dan', 'Eru', 'Moana', 'Tama']) people.push(await actor(name));
      const [anahera, ...others] = people;
      if (!anahera) throw new Error('Six people were made.');
      await startGroup(
        anahera,
        others.map((o) => o.email),
        'Long talk',
      );
      await expect(anahera.page.getByRole('heading', { name: 'Long talk', level: 1 })).toBeVisible();
      const conversationId = new URL(anahera.page.url()).pathname.split('/')[2];
      for (let n = 1; n <= 240; n++) {
        const poster = people[n % people.length] ?? anahera; // in turn: one alone would meet the limit on posting
        const answer = await poster.context.request.post('/trpc/messages.post', { data: { conversationId, text: `Message number ${n}.` } });
        expect(answer.status()).toBe(200);
      }
      await anahera.page.evaluate((chosen) => localStorage.setItem('koreromai.order', chosen), order);
      await anahera.page.reload();
      await expect(message(anahera.page, 'Message number 240.')).toBeInViewport();

      const log = anahera.page.getByRole('region', { name: 'Messages' });
      await log.hover();
      // Wheel by wheel: whatever is loaded above, a message in sight moves by the wheel and by nothing else (UI4).
      const moves: number[] = [];
      while (!(await message(anahera.page, 'Message number 1.').isVisible()) && moves.length < 120) {
        const seen = await inSight(anahera.page);
        const top = await log.evaluate((element) => element.scrollTop);
        await anahera.page.mouse.wheel(0, wheel);
        await expect.poll(() => log.evaluate((element) => element.scrollTop)).not.toBe(top);
        await anahera.page.waitForLoadState('networkidle');
        const now = seen === null ? null : await anahera.page.locator(`[data-message="${seen.id}"]`).boundingBox();
        if (seen !== null && now !== null) moves.push((seen.y - now.y) * Math.sign(wheel));
      }
      await expect(message(anahera.page, 'Message number 1.')).toBeVisible();
      expect(moves.length).toBeGreaterThan(5);
      expect(Math.max(...moves)).toBeLessThanOrEqual(501);

      // What is said meanwhile moves nothing, and is counted where the way back is (UI1).
      const before = { top: await log.evaluate((element) => element.scrollTop), seen: await inSight(anahera.page) };
      for (const n of [1, 2, 3]) {
        const data = { conversationId, text: `Said meanwhile ${n}.` };
        expect((await people[1]?.context.request.post('/trpc/messages.post', { data }))?.status()).toBe(200);
      }
      await expect(anahera.page.getByTestId('pill')).toContainText('3 new');
      expect(await inSight(anahera.page)).toEqual(before.seen);
      if (order === 'newestLast') expect(await log.evaluate((element) => element.scrollTop)).toBe(before.top);
      await anahera.page.getByTestId('pill').click();
      await expect(message(anahera.page, 'Said meanwhile 3.')).toBeInViewport();
    });
  }
});

async function inSight(page: Page) {
  return page.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-message]')];
    const row = rows.find((r) => r.getBoundingClientRect().top > 100);
    return row?.dataset.message ? { id: row.dataset.message, y: row.getBoundingClientRect().y } : null;
  });
}
