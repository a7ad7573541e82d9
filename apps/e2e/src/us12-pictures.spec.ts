import type { Page } from '@playwright/test';
import { composer, expect, message, say, startDirect, test } from './cast.ts';
import { png } from './png.ts';

test.describe('US12: I send pictures with my words', () => {
  test('chosen, pasted and dropped pictures go with the words as one message, and can be looked at large', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    const { page } = anahera;
    await startDirect(anahera, bea);
    await page.getByTestId('files').setInputFiles({ name: 'chosen.png', mimeType: 'image/png', buffer: png(64, 48) });
    await bring(page, 'paste', 'pasted.png', png(48, 64));
    await bring(page, 'drop', 'dropped.png', png(80, 80));
    await expect(page.locator('.tile[data-status="done"]')).toHaveCount(3);
    await page.getByRole('button', { name: 'Describe chosen.png' }).click();
    await page
      .getByRole('dialog', { name: 'Describe this picture' })
      .getByRole('textbox', { name: 'What does it show?' })
      .fill('A kuaka asleep');
    await page.getByRole('button', { name: 'Save description' }).click();
    await expect(page.getByRole('button', { name: /^Described: .*chosen\.png/ })).toBeFocused();
    await say(page, 'Three of the beach');
    const sent = message(page, 'Three of the beach');
    await expect(sent).toHaveAttribute('data-status', 'sent');
    await expect(page.locator('.tile')).toHaveCount(0);
    await bea.page.getByRole('link', { name: /Anahera/ }).click();
    const seen = message(bea.page, 'Three of the beach');
    await expect(seen.getByRole('img')).toHaveCount(3);
    for (const name of ['A kuaka asleep', 'pasted.png', 'dropped.png'])
      await expect.poll(() => seen.getByRole('img', { name }).evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);

    const opener = seen.getByRole('button', { name: 'Open picture pasted.png from Anahera' });
    await opener.click();
    const box = bea.page.getByRole('dialog', { name: /pasted\.png/ });
    await expect(box).toContainText('2 of 3');
    await expect(box.locator(':focus')).toHaveCount(1); // it takes the focus a moment after it shows
    await bea.page.keyboard.press('ArrowRight');
    await expect(bea.page.getByRole('dialog', { name: /dropped\.png/ })).toBeVisible();
    await bea.page.keyboard.press('ArrowLeft');
    await bea.page.keyboard.press('ArrowLeft');
    await expect(bea.page.getByRole('dialog').getByRole('img', { name: 'A kuaka asleep' })).toBeVisible();
    await bea.page.keyboard.press('ArrowRight');
    await bea.page.keyboard.press('ArrowRight');
    await bea.page.keyboard.press('+');
    await expect(bea.page.getByRole('img', { name: 'dropped.png' }).last()).toHaveCSS('transform', /matrix\(1\.5/);
    await bea.page.keyboard.press('Escape');
    await expect(bea.page.getByRole('dialog')).toHaveCount(0);
    await expect(opener).toBeFocused();
  });

  test('an upload tells how far it is, can be cancelled and tried again, and Enter waits for it', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    const { page } = anahera;
    await startDirect(anahera, bea);
    const held: (() => void)[] = [];
    let fails = true;
    await page.route('**/api/v1/attachments', async (route) => {
      if (fails) return route.abort('connectionreset');
      await new Promise<void>((resolve) => held.push(resolve));
      await route.continue().catch(() => undefined); // cancelled meanwhile
    });
    const choose = () => page.getByTestId('files').setInputFiles({ name: 'slow.png', mimeType: 'image/png', buffer: png(64, 64) });
    await choose();
    await expect(page.getByRole('alert')).toHaveText('The connection was lost. Try again.');
    await expect(page.getByRole('button', { name: 'Send' })).toHaveAttribute('aria-disabled', 'true');
    fails = false;
    await page.getByRole('button', { name: 'Try slow.png again' }).click();
    await expect(page.getByRole('progressbar', { name: 'Uploading slow.png' })).toBeVisible();
    await page.getByRole('button', { name: 'Cancel slow.png' }).click();
    await expect(page.locator('.tile')).toHaveCount(0);

    await choose();
    await say(page, 'Worth the wait');
    await expect(page.getByText('Goes as soon as the files are there.')).toBeVisible();
    await expect(message(page, 'Worth the wait')).toHaveCount(0);
    await expect.poll(() => held.length).toBeGreaterThan(1);
    for (const go of held) go();
    await expect(message(page, 'Worth the wait').getByRole('img')).toHaveCount(1);
    await expect(composer(page)).toHaveValue('');

    await page.getByTestId('files').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('words') });
    await expect(page.getByRole('alert')).toContainText('Only pictures');
    await page.getByRole('button', { name: 'Remove notes.txt' }).click();
  });
});

/** As from the clipboard, or from the desktop. */
async function bring(page: Page, way: 'paste' | 'drop', name: string, bytes: Buffer): Promise<void> {
  await composer(page).evaluate(
    (box, [kind, fileName, data]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(data)], fileName, { type: 'image/png' }));
      const event =
        kind === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })
          : new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
      box.dispatchEvent(event);
    },
    [way, name, [...bytes]] as const,
  );
}
