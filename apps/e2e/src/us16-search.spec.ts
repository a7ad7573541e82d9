import { call, expect, message, say, startDirect, startGroup, test } from './cast.ts';

test.describe('US16: I search and go anywhere', () => {
  test('words are found without their macrons, filtered, marked, and Back returns to what was found', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    await startDirect(bea, anahera);
    await say(bea.page, 'Kōrero mai about the umbrella');
    await say(bea.page, 'Nothing to find here');
    await expect(message(bea.page, 'Nothing to find here')).toHaveAttribute('data-status', 'sent');
    await startDirect(anahera, bea);
    await say(anahera.page, 'My umbrella is yellow');
    await expect(message(anahera.page, 'My umbrella is yellow')).toHaveAttribute('data-status', 'sent');

    const { page } = anahera;
    await page.goto('/search');
    const box = page.getByRole('textbox', { name: 'Search messages' });
    const finds = page.getByRole('main').getByRole('listitem');
    await expect(async () => {
      await box.fill(''); // the index follows the log a moment later
      await box.fill('korero');
      await expect(finds).toHaveCount(1, { timeout: 1_500 });
    }).toPass();
    await expect(page.locator('mark')).toHaveText('Kōrero');
    await box.fill('umbrella');
    await expect(finds).toHaveCount(2);
    await box.fill('umbrella from:me');
    await expect(finds).toHaveCount(1);
    await expect(page.getByRole('button', { name: 'By: You' })).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByLabel('In', { exact: true }).selectOption({ label: 'Bea' });
    await page.getByLabel('Before day').fill('2020-01-01');
    await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
    await page.getByLabel('Before day').fill('');
    await page.getByRole('link', { name: /Bea in Bea/ }).click();
    await expect(message(page, 'Kōrero mai about the umbrella')).toBeVisible();
    await page.goBack();
    await expect(finds).toHaveCount(2);
    await expect(box).toHaveValue('umbrella');
  });

  test('a row, a find, a mention, a pin and a quote say what a marked message says, without the signs of its marks', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    await startDirect(bea, anahera);
    const { username } = await (await anahera.context.request.get('/api/v1/users/me')).json();
    await say(bea.page, `@${username}: **Bring** the ~~big~~ _umbrella_`);
    const words = new RegExp(`^@${username}: Bring the big umbrella$`);
    await expect(anahera.page.locator('.row-preview')).toHaveText(/: Bring the big umbrella$/);
    const { page } = anahera;
    await page.goto('/mentions');
    await expect(page.locator('.find-words')).toHaveText(words);
    await page.goto('/search');
    const box = page.getByRole('textbox', { name: 'Search messages' });
    await expect(async () => {
      await box.fill(''); // the index follows the log a moment later
      await box.fill('umbrella');
      await expect(page.locator('.find-words')).toHaveText(words, { timeout: 1_500 });
    }).toPass();
    await expect(page.locator('mark')).toHaveText('umbrella');
    await page.getByRole('link', { name: /Bea in Bea/ }).click();
    const said = message(page, 'umbrella').first();
    await expect(said.locator('strong')).toHaveText('Bring');
    await call(anahera, 'messages.post', {
      conversationId: new URL(page.url()).pathname.split('/')[2],
      text: 'I shall',
      replyToId: await said.getAttribute('data-message'),
    });
    await expect(message(page, 'I shall').locator('.quote-text')).toHaveText(words);
    await call(anahera, 'pins.add', { messageId: await said.getAttribute('data-message') });
    await page.getByRole('link', { name: 'Show details' }).click();
    await page.getByRole('tab', { name: 'Pinned' }).click();
    await expect(page.locator('.pin-text')).toHaveText(words);
  });

  test('Ctrl+K goes to a chat, a room or a person by a few letters; Ctrl+F searches in the chat that is open', async ({ actor }) => {
    const [anahera, bea, dan] = [await actor('Anahera'), await actor('Bea'), await actor('Dan')];
    const room = `Hīkoi ${Date.now()}`;
    await call(bea, 'rooms.create', { name: room });
    await startGroup(anahera, [bea.email, dan.email], 'Whānau');
    const { page } = anahera;
    await expect(page.getByRole('heading', { name: 'Whānau', level: 1 })).toBeVisible();
    await page.goto('/settings');
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible(); // before that nobody listens for keys
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name: 'Chat, room or person' });
    await box.fill('whanau');
    await expect(page.getByRole('option', { selected: true })).toContainText('Whānau');
    await box.press('Enter');
    await expect(page.getByRole('heading', { name: 'Whānau', level: 1 })).toBeVisible();

    await page.keyboard.press('Control+f');
    await expect(page.getByLabel('In', { exact: true }).locator('option:checked')).toHaveText('Whānau');
    await page.keyboard.press('Control+k');
    await box.fill(room.replace('ī', 'i'));
    await expect(page.getByRole('option', { name: room })).toBeVisible();
    await box.press('Enter');
    await expect(page.getByRole('heading', { name: room, level: 1 })).toBeVisible();
  });
});
