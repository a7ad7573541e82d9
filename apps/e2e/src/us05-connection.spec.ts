import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, WebSocketRoute } from '@playwright/test';
import { expect, message, say, startDirect, test } from './cast.ts';

test.describe('US5: the network goes and comes back', () => {
  test('what I write meanwhile is sent later, once, and what others wrote is there', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    const cable = await cableOf(anahera.context);
    await anahera.page.reload();
    await startDirect(anahera, bea);
    await say(anahera.page, 'before');
    await bea.page.getByRole('link', { name: /Anahera/ }).click();
    await expect(message(bea.page, 'before')).toBeVisible();

    await cable.pull();
    await say(anahera.page, 'written offline');
    await expect(message(anahera.page, 'written offline')).toBeVisible();
    await say(bea.page, 'written meanwhile');
    await expect(anahera.page.getByTestId('connection')).toContainText(/Reconnecting|Offline/, { timeout: 20_000 });
    expect((await new AxeBuilder({ page: anahera.page }).analyze()).violations).toEqual([]);

    await cable.plugIn();
    await expect(message(anahera.page, 'written meanwhile')).toBeVisible({ timeout: 20_000 });
    await expect(message(anahera.page, 'written offline')).toHaveAttribute('data-status', 'sent');
    await expect(message(bea.page, 'written offline')).toHaveCount(1);
    await expect(message(anahera.page, 'written offline')).toHaveCount(1);
    await expect(anahera.page.getByTestId('connection')).toBeEmpty();
  });
});

/** The browser's own offline switch leaves open sockets alone, so the sockets go through a cable that can be pulled. */
async function cableOf(context: BrowserContext) {
  const open = new Set<WebSocketRoute>();
  let pulled = false;
  await context.routeWebSocket(/\/trpc/, (route) => {
    if (pulled) return void route.close({ code: 1006 }).catch(() => route.close());
    route.connectToServer();
    open.add(route);
  });
  return {
    async pull() {
      pulled = true;
      await context.setOffline(true);
      await Promise.all([...open].map((route) => route.close({ code: 1001 })));
      open.clear();
    },
    async plugIn() {
      pulled = false;
      await context.setOffline(false);
    },
  };
}
