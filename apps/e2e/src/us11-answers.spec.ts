import { composer, expect, message, say, startDirect, test } from './cast.ts';

test.describe('US11: I answer and react', () => {
  test('a like and an emoji of the picker stand with both, and a click takes mine back', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    const { page } = anahera;
    await startDirect(bea, anahera);
    await say(bea.page, 'We have a boat');
    await page.getByRole('link', { name: /Bea/ }).click();
    await message(page, 'We have a boat').hover();
    await page.getByRole('button', { name: 'Like', exact: true }).click();
    await expect(message(bea.page, 'We have a boat').getByRole('button', { name: '1 like', exact: true })).toBeVisible();

    await page.getByRole('button', { name: 'Add a reaction' }).click();
    const search = page.getByRole('combobox', { name: 'Search' });
    await expect(search).toBeFocused();
    await search.fill('sailboat');
    await page
      .getByRole('option', { name: /sailboat/i })
      .first()
      .click();
    const chip = message(page, 'We have a boat').getByRole('button', { name: '⛵ 1, yours among them' });
    await expect(chip).toHaveAttribute('aria-pressed', 'true');
    await message(bea.page, 'We have a boat').getByRole('button', { name: '⛵ 1', exact: true }).click();
    await message(page, 'We have a boat').getByRole('button', { name: '⛵ 2, yours among them' }).click();
    await expect(message(page, 'We have a boat').getByRole('button', { name: '⛵ 1', exact: true })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
  });

  test('an answer quotes what it answers and leads there, however far back that is; what was deleted is said to be', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    const { page } = anahera;
    await startDirect(anahera, bea);
    await say(page, 'Who brings the tent?');
    await bea.page.getByRole('link', { name: /Anahera/ }).click();
    await message(bea.page, 'Who brings the tent?').click({ button: 'right' });
    await bea.page.getByRole('menuitem', { name: 'Reply' }).click();
    await expect(composer(bea.page)).toBeFocused();
    await expect(bea.page.getByText('Reply to Anahera')).toBeVisible();
    const id = new URL(page.url()).pathname.split('/')[2];
    const filler = async (from: number) => {
      for (let n = from; n < from + 35; n++)
        await anahera.context.request.post('/trpc/messages.post', { data: { conversationId: id, text: `line ${n}` } });
    };
    await filler(0);
    await say(bea.page, 'I do');
    const answer = message(page, 'I do');
    await expect(answer.getByRole('button', { name: /Who brings the tent\?/ })).toBeVisible();
    await page.reload();
    await answer.getByRole('button', { name: /Who brings the tent\?/ }).click();
    const asked = page.locator('[data-message][data-status="sent"]', { hasText: /^You.*Who brings the tent\?/ });
    await expect(asked).toBeInViewport();
    await expect(asked).toBeFocused();

    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Copy link' }).press('Enter');
    const seq = await asked.getAttribute('data-seq');
    await bea.page.goto(`/c/${id}/m/${seq}`);
    await expect(bea.page.locator(`[data-seq="${seq}"]`)).toBeFocused();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Delete for everyone' }).press('Enter');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await bea.page.getByTestId('pill').click();
    await expect(message(bea.page, 'I do')).toContainText('What this answers was deleted.');
  });
});
