import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { type Actor, addressOf, call, expect, message, say, startDirect, startGroup, test } from './cast.ts';
import { png } from './png.ts';

const looks = [
  { look: 'light, wide', options: { colorScheme: 'light' as const, viewport: { width: 1440, height: 900 } } },
  { look: 'dark, narrow', options: { colorScheme: 'dark' as const, viewport: { width: 360, height: 640 } } },
];

for (const { look, options } of looks) {
  test.describe(`US8: everyone can use every screen (${look})`, () => {
    test.describe.configure({ timeout: 240_000 }); // axe looks at every element of some thirty screens
    test('doors, also with something wrong, pass axe', async ({ stranger }) => {
      const page = await stranger(options);
      for (const path of ['/sign-in', '/sign-up', '/join/no-such-link', '/forgot', '/reset/no-such-link']) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await sound(page, path);
      }
      await page.goto('/sign-up');
      await page.getByLabel('Your name').fill('A');
      await page.getByLabel('E-mail').fill('no address');
      await page.getByLabel('Password', { exact: true }).fill('x');
      await page.getByRole('button', { name: /create/i }).click();
      await sound(page, 'a refused form');
    });

    test('chats, details, dialogs, menus and settings pass axe', async ({ actor }) => {
      const anahera = await actor('Anahera', options);
      const { page } = anahera;
      await sound(page, 'no chats yet');
      await furnish(anahera, await actor('Bea'), await actor('Dan'));
      await page.goto('/');
      await expect(page.getByRole('link', { name: /Whānau/ })).toBeVisible();
      await sound(page, 'list of chats');
      await page.getByRole('link', { name: /Whānau/ }).focus();
      await page.keyboard.press('Shift+F10');
      await expect(page.getByRole('menuitem', { name: 'Details' })).toBeVisible();
      await sound(page, 'the menu of a chat');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menuitem')).toHaveCount(0);
      await page.goto('/share?text=Kia+ora');
      await expect(page.getByRole('heading', { name: 'Share', level: 1 })).toBeVisible();
      await sound(page, 'what another app shares');
      await page.goto('/');
      await page.getByRole('link', { name: /Whānau/ }).click();
      await expect(message(page, 'Nau mai!')).toBeVisible();
      await sound(page, 'a chat');
      await message(page, 'Nau mai!').hover();
      await sound(page, 'the toolbar of a message');
      await page.getByRole('button', { name: 'React', exact: true }).click();
      await expect(page.getByRole('menuitem', { name: /grinning face/i }).first()).toBeVisible();
      await sound(page, 'the emoji picker');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menuitem', { name: /grinning face/i })).toHaveCount(0); // it takes the focus home when it has gone
      await message(page, 'Nau mai!').focus();
      await expect(message(page, 'Nau mai!')).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('menuitem', { name: 'Reply' })).toBeVisible();
      await sound(page, 'the menu of a message');
      await page.getByRole('menuitem', { name: 'Reply' }).click();
      await expect(page.getByText('Reply to Anahera')).toBeVisible();
      await sound(page, 'a reply begun');
      await page.keyboard.press('Escape');
      await message(page, 'Nau mai!').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: 'Delete for everyone' }).press('Enter');
      await expect(page.getByRole('dialog')).toBeVisible();
      await sound(page, 'deleting for everyone');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await page.getByTestId('files').setInputFiles({ name: 'tent.png', mimeType: 'image/png', buffer: png(64, 48) });
      await page.getByRole('button', { name: 'Describe tent.png' }).click();
      await expect(page.getByRole('dialog', { name: 'Describe this picture' })).toBeVisible();
      await sound(page, 'describing a picture');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('button', { name: 'Describe tent.png' })).toBeFocused();
      await sound(page, 'a picture to send');
      await page.getByRole('button', { name: 'Remove tent.png' }).click();
      await page.getByRole('textbox', { name: /^Message to/ }).pressSequentially('@b');
      await expect(page.getByRole('option').first()).toBeVisible();
      await sound(page, 'a begun mention');
      await page.keyboard.press('Escape');
      await page.getByRole('textbox', { name: /^Message to/ }).fill('');
      await page.getByRole('link', { name: 'Show details' }).click();
      await expect(page.getByRole('button', { name: 'Rename' })).toBeVisible();
      await sound(page, 'details');
      for (const button of ['Rename', 'Add people', 'Leave group']) {
        await page.getByRole('button', { name: button }).click();
        await expect(page.getByRole('dialog').or(page.getByRole('alertdialog'))).toBeVisible();
        await sound(page, `dialog ${button}`);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
      }
      for (const tab of ['Pinned', 'Media', 'Links']) {
        await page.getByRole('tab', { name: tab }).click();
        await expect(page.getByRole('tabpanel').getByRole('heading')).toBeVisible();
        await sound(page, `details: ${tab}`);
      }
      await page.getByRole('tab', { name: 'About' }).click();
      await page.getByRole('button', { name: 'Role of Bea' }).click();
      await expect(page.getByRole('menuitem', { name: 'Make admin' })).toBeVisible();
      await sound(page, 'menu of a role');
      await page.keyboard.press('Escape');
      await page.goto('/new');
      await sound(page, 'new chat');
      await page.goto('/settings');
      await expect(page.getByText('This device', { exact: true })).toBeVisible();
      await sound(page, 'settings');
      await page.goto('/');
      await page.getByRole('button', { name: 'Account: Anahera' }).click();
      await expect(page.getByRole('menuitem', { name: 'Settings' })).toBeVisible();
      await sound(page, 'account menu');
    });

    test('rooms, search, people and activity pass axe', async ({ actor }) => {
      const anahera = await actor('Anahera', options);
      const { page } = anahera;
      for (const path of ['/rooms', '/rooms/new', '/search', '/mentions', '/people', '/people?show=everyone', '/analytics', '/admin']) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await sound(page, `${path}, empty`);
      }
      const bea = await actor('Bea');
      const name = `Kōrero ${Date.now()}`;
      const own = await call<{ id: string }>(anahera, 'rooms.create', { name });
      const shut = await call<{ id: string }>(bea, 'rooms.create', { name: `${name} 2`, access: 'password', password: 'pavlova 1234' });
      const { user } = await call<{ user: { id: string } }>(anahera, 'contacts.request', { person: bea.email });
      await call(anahera, 'rooms.deny', { roomId: own.id, userId: user.id });
      await call(anahera, 'messages.post', { conversationId: own.id, text: 'Nau mai!' });
      await page.goto(`/rooms?q=${encodeURIComponent(name)}`);
      await expect(page.getByText('Locked: needs its password')).toBeVisible();
      await sound(page, 'list of rooms');
      await page.goto(`/rooms/${shut.id}`);
      await expect(page.getByLabel('Password of the room')).toBeVisible();
      await sound(page, 'door of a room');
      await page.goto(`/c/${own.id}/details`);
      await expect(page.getByRole('button', { name: 'Take Bea off the list' })).toBeVisible();
      await sound(page, 'details of a room');
      await page.getByRole('button', { name: 'Name and rules' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await sound(page, 'rules of a room');
      await page.goto(`/people/${user.id}`);
      await expect(page.getByRole('button', { name: 'Take back the request to Bea' })).toBeVisible();
      await sound(page, 'a profile');
      await page.getByRole('button', { name: 'Report Bea' }).click();
      await expect(page.getByRole('dialog', { name: 'Report Bea?' })).toBeVisible();
      await sound(page, 'reporting somebody');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('button', { name: 'Report Bea' })).toBeFocused();
      await page.goto(`/people/${crypto.randomUUID()}`);
      await expect(page.getByRole('alert')).toBeVisible();
      await sound(page, 'nobody has this profile');
      await page.goto('/search?q=nau');
      await expect(page.locator('mark').first()).toBeVisible();
      await sound(page, 'what was found');
      await page.goto('/analytics?range=custom&from=2020-01-01');
      await expect(page.getByRole('row', { name: /Anahera/ }).first()).toBeVisible();
      await page.getByRole('button', { name: 'Show as a table' }).click();
      await sound(page, 'activity');
      await page.goto('/');
      await expect(page.getByRole('button', { name: 'Account: Anahera' })).toBeVisible();
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('option').first()).toBeVisible();
      await sound(page, 'quick switcher');
    });

    test('administration passes axe', async ({ siteAdmin }) => {
      const { page } = await siteAdmin(options);
      for (const show of ['reports', 'people', 'rules', 'mail', 'audit']) {
        await page.goto(`/admin?show=${show}`);
        await expect(
          page.getByRole('tabpanel').getByRole('heading').or(page.getByRole('tabpanel').locator('li, form')).first(),
        ).toBeVisible();
        await sound(page, `administration: ${show}`);
      }
    });
  });
}

async function furnish(owner: Actor, bea: Actor, dan: Actor): Promise<void> {
  await startDirect(bea, owner);
  await say(bea.page, 'Kia ora! See https://example.nz/picnic');
  await startGroup(dan, [owner.email, bea.email], 'Dan’s');
  await startGroup(owner, [bea.email, dan.email, addressOf('waiting')], 'Whānau');
  await owner.page.getByRole('link', { name: 'Open the chat' }).click();
  await say(owner.page, 'Nau mai!');
  await expect(message(owner.page, 'Nau mai!')).toHaveAttribute('data-status', 'sent');
}

/** No axe violation, nothing wider than the window. */
async function sound(page: Page, place: string): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => null))));
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map((v) => `${place}: ${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${place} is wider than the window`).toBe(
    true,
  );
}
