import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { cableOf } from './cable.ts';
import { type Actor, composer, expect, message, say, startDirect, test } from './cast.ts';

const worker = { serviceWorkers: 'allow' } as const;

/** The chat is open, the app's files are on the device, and what was said is held there. */
async function settled(actor: Actor, words: string): Promise<void> {
  await actor.page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await expect.poll(() => kept(actor.page), { message: words }).toContain(words);
}

/** Everything that the page keeps in IndexedDB, as text. */
const kept = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const done = <Answer>(request: IDBRequest<Answer>) =>
      new Promise<Answer>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open('koreromai'));
    const stores = [...db.objectStoreNames];
    const rows = stores.length === 0 ? [] : await Promise.all(stores.map((name) => done(db.transaction(name).objectStore(name).getAll())));
    db.close();
    return JSON.stringify(rows.flat());
  });

test.describe('US23: without a network', () => {
  test('I open the app, read what I held, write and take back, close it again, and all of it is sent once when the network is back', async ({
    actor,
  }) => {
    const [anahera, bea] = [await actor('Anahera', worker), await actor('Bea')];
    const cable = await cableOf(anahera.context);
    await anahera.page.reload();
    await startDirect(anahera, bea);
    await say(anahera.page, 'before');
    await bea.page.getByRole('link', { name: /Anahera/ }).click();
    await settled(anahera, 'before');

    await cable.pull();
    await anahera.page.reload();
    await expect(message(anahera.page, 'before')).toBeVisible();
    await expect(anahera.page.getByTestId('connection')).toContainText('Offline');
    await say(bea.page, 'written meanwhile');
    await say(anahera.page, 'written offline');
    await say(anahera.page, 'taken back');
    await expect(message(anahera.page, 'written offline')).toHaveAttribute('data-status', 'queued');
    await message(anahera.page, 'taken back').getByRole('button', { name: 'Cancel sending' }).click();
    await expect(message(anahera.page, 'taken back')).toHaveCount(0);
    await composer(anahera.page).fill('half a thought');
    expect((await new AxeBuilder({ page: anahera.page }).analyze()).violations).toEqual([]);

    await expect.poll(() => kept(anahera.page)).toContain('half a thought');
    await anahera.page.reload();
    await expect(message(anahera.page, 'written offline')).toHaveAttribute('data-status', 'queued');
    await expect(message(anahera.page, 'written offline')).toHaveCount(1);
    await expect(composer(anahera.page)).toHaveValue('half a thought');

    await cable.plugIn();
    await expect(message(anahera.page, 'written meanwhile')).toBeVisible({ timeout: 20_000 });
    await expect(message(anahera.page, 'written offline')).toHaveAttribute('data-status', 'sent', { timeout: 20_000 });
    for (const page of [anahera.page, bea.page]) {
      await expect(message(page, 'written offline')).toHaveCount(1);
      await expect(message(page, 'written meanwhile')).toHaveCount(1);
      await expect(message(page, 'taken back')).toHaveCount(0);
    }
    await expect(anahera.page.getByTestId('connection')).toBeEmpty();
  });

  test('two tabs share what waits; when one is closed the other sends it, once', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera', worker), await actor('Bea')];
    const cable = await cableOf(anahera.context);
    await anahera.page.reload();
    await startDirect(anahera, bea);
    await say(anahera.page, 'before');
    await bea.page.getByRole('link', { name: /Anahera/ }).click();
    await settled(anahera, 'before');
    const second = await anahera.context.newPage();
    await second.goto(anahera.page.url());
    await say(second, 'from the second tab');
    await expect(message(anahera.page, 'from the second tab')).toHaveCount(1);

    await cable.pull();
    await say(anahera.page, 'waits in the first');
    await say(second, 'waits in the second');
    for (const page of [anahera.page, second])
      for (const words of ['waits in the first', 'waits in the second']) await expect(message(page, words)).toHaveCount(1);
    await second.close();
    await cable.plugIn();
    for (const words of ['from the second tab', 'waits in the first', 'waits in the second']) {
      await expect(message(bea.page, words)).toHaveCount(1, { timeout: 20_000 });
      await expect(message(anahera.page, words)).toHaveAttribute('data-status', 'sent');
      await expect(message(anahera.page, words)).toHaveCount(1);
    }
  });

  test('a page that is closed in the middle of sending loses nothing and sends nothing twice', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera', worker), await actor('Bea')];
    await startDirect(anahera, bea);
    await say(anahera.page, 'before');
    await bea.page.getByRole('link', { name: /Anahera/ }).click();
    await settled(anahera, 'before');
    const place = anahera.page.url();
    let page = anahera.page;
    for (let round = 0; round < 6; round++) {
      const words = `closed ${round}.`;
      await say(page, words);
      await expect(message(page, words)).toBeVisible();
      await page.close();
      page = await anahera.context.newPage();
      await page.goto(place);
      await expect(message(bea.page, words)).toHaveCount(1);
      await expect(message(page, words)).toHaveAttribute('data-status', 'sent');
    }
    for (let round = 0; round < 6; round++)
      for (const each of [page, bea.page]) await expect(message(each, `closed ${round}.`)).toHaveCount(1);
  });

  test('signing out leaves nothing of mine on the device, and no answer of the server was ever in a cache', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera', worker), await actor('Bea')];
    await startDirect(anahera, bea);
    await say(anahera.page, 'a secret');
    await settled(anahera, 'a secret');
    await composer(anahera.page).fill('another');
    await anahera.page.getByRole('button', { name: 'Account: Anahera' }).click();
    await anahera.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(anahera.page).toHaveURL(/sign-in/);
    await expect.poll(() => kept(anahera.page)).toBe('[]');
    const cached = await anahera.page.evaluate(async () => {
      const urls: string[] = [];
      for (const name of await caches.keys())
        urls.push(...(await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname));
      return urls;
    });
    expect(cached).toContain('/');
    expect(cached.filter((path) => !/^\/(?:$|assets\/|favicon\.svg$|manifest\.webmanifest$)/.test(path))).toEqual([]);
  });

  test('a browser that keeps nothing says so once, and everything else works', async ({ actor, stranger }) => {
    const bea = await actor('Bea');
    const page = await stranger();
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('forbidden', 'SecurityError');
      };
    });
    await page.goto('/sign-up');
    await page.getByLabel('Your name').fill('Whetu');
    await page.getByLabel('E-mail').fill(bea.email.replace(/^bea/, 'whetu'));
    await page.getByLabel('Password', { exact: true }).fill('correct horse Whetu');
    await page.getByRole('button', { name: /create/i }).click();
    await expect(page.getByRole('button', { name: 'Account: Whetu' })).toBeVisible();
    await expect(page.getByText('This browser keeps nothing for KoreroMai.')).toHaveCount(1);
    await startDirect({ ...bea, page }, bea);
    await say(page, 'it works');
    await expect(message(page, 'it works')).toHaveAttribute('data-status', 'sent');
  });
});
