import AxeBuilder from '@axe-core/playwright';
import { cableOf } from './cable.ts';
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
