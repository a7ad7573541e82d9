import { expect, message, say, test } from './cast.ts';

test.describe('US15: I find, enter and open rooms', () => {
  test('a room is opened, found without its macron, read and written in without joining, and followed', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    const name = `Kōrero ${Date.now()}`;
    await anahera.page.getByRole('link', { name: 'Rooms' }).click();
    await anahera.page.getByRole('link', { name: 'New room' }).click();
    await anahera.page.getByLabel('Name', { exact: true }).fill(name);
    await anahera.page.getByRole('button', { name: 'Open the room' }).click();
    await expect(anahera.page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await say(anahera.page, 'Nau mai!');

    await bea.page.goto('/rooms');
    await bea.page.getByRole('textbox', { name: 'Search rooms' }).fill(name.replace('ō', 'o'));
    await bea.page.getByRole('link', { name }).click();
    await expect(message(bea.page, 'Nau mai!')).toBeVisible();
    await expect(bea.page.locator('[data-conversation]')).toHaveCount(0);
    await say(bea.page, 'Just looking in.');
    await expect(message(anahera.page, 'Just looking in.')).toBeVisible();
    await say(anahera.page, 'Stay a while.');
    await expect(message(bea.page, 'Stay a while.')).toBeVisible();

    await bea.page.goBack();
    await bea.page.getByRole('button', { name: `Follow ${name}` }).click();
    await expect(bea.page.locator('[data-conversation]', { hasText: name })).toBeVisible();
    await expect(bea.page.locator('.room', { hasText: name })).toContainText('2 followers');
    await anahera.page.reload();
    await expect(anahera.page.locator('.page-head', { hasText: name })).toContainText('2 people follow it');
    await anahera.page.getByRole('link', { name: 'Show details' }).click();
    await expect(anahera.page.getByText('2 followers')).toBeVisible();
    await bea.page.getByRole('button', { name: `Unfollow ${name}` }).click();
    await expect(bea.page.locator('[data-conversation]')).toHaveCount(0);
  });

  test('a taken name is refused at its field, and a password opens the door', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    const name = `Kitchen ${Date.now()}`;
    const { page } = anahera;
    await page.goto('/rooms/new');
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByText('Whoever knows its password').click();
    await page.getByLabel('Password of the room').fill('pavlova 1234');
    await page.getByRole('button', { name: 'Open the room' }).click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await say(page, 'Six egg whites.');
    await page.goto('/rooms/new');
    await page.getByLabel('Name', { exact: true }).fill(name.toUpperCase());
    await page.getByRole('button', { name: 'Open the room' }).click();
    await expect(page.getByText('There is a room with this name already. Choose another name.')).toBeVisible();

    await bea.page.goto(`/rooms?q=${encodeURIComponent(name)}`);
    await expect(bea.page.getByText('Locked: needs its password')).toBeVisible();
    await bea.page.getByRole('link', { name }).click();
    await bea.page.getByLabel('Password of the room').fill('meringue');
    await bea.page.getByRole('button', { name: 'Enter', exact: true }).click();
    await expect(bea.page.getByText(/This is not the password of this room/)).toBeVisible();
    await bea.page.getByLabel('Password of the room').fill('pavlova 1234');
    await bea.page.getByRole('button', { name: 'Enter', exact: true }).click();
    await expect(message(bea.page, 'Six egg whites.')).toBeVisible();
  });

  test('who is put on the deny list is out at once, and the allow list lets in', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor(`Beatrix ${Date.now()}`)];
    const name = `Lunch ${Date.now()}`;
    await anahera.page.goto('/rooms/new');
    await anahera.page.getByLabel('Name', { exact: true }).fill(name);
    await anahera.page.getByRole('button', { name: 'Open the room' }).click();
    await say(anahera.page, 'Dumplings?');
    await bea.page.goto(`/rooms?q=${encodeURIComponent(name)}`);
    await bea.page.getByRole('button', { name: `Follow ${name}` }).click();
    await bea.page.getByRole('link', { name }).first().click();
    await expect(message(bea.page, 'Dumplings?')).toBeVisible();

    const { page } = anahera;
    await page.getByRole('link', { name: 'Show details' }).click();
    await page.getByRole('button', { name: 'Keep out somebody' }).click();
    await page.getByRole('textbox', { name: 'Find people' }).fill(bea.name);
    await page
      .getByRole('button', { name: `Keep out ${bea.name}` })
      .first()
      .click();
    await expect(page.getByRole('button', { name: `Take ${bea.name} off the list` })).toBeVisible();
    await expect(bea.page.getByText('Dumplings?')).toHaveCount(0);
    await bea.page.reload();
    await expect(bea.page.getByRole('heading', { name, level: 2 })).toBeVisible(); // the door, with the reason
    await expect(bea.page.getByText('Locked: you were put on its deny list')).toBeVisible();
    await bea.page.goto(`/rooms?q=${encodeURIComponent(name)}`);
    await expect(bea.page.getByText('Locked: you were put on its deny list')).toBeVisible();

    await page.getByRole('button', { name: 'Allow somebody' }).click();
    await page.getByRole('textbox', { name: 'Find people' }).fill(bea.name);
    await page
      .getByRole('button', { name: `Allow ${bea.name}` })
      .first()
      .click();
    await expect(page.getByText('Nobody is on the deny list.')).toBeVisible();
    await bea.page.reload();
    await expect(bea.page.getByText('Open to everyone')).toBeVisible();
  });
});
