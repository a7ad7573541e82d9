import { composer, expect, message, say, startDirect, test } from './cast.ts';

/** E1, E2: none of these may run, load or lead anywhere but where it says. */
const hostile = [
  '**<img src=x onerror="document.title=1">**',
  '[a](javascript:alert(1)) *b*',
  '[a](JaVaScRiPt:alert(1)) `b`',
  '[a](data:text/html,<script>document.title=1</script>) _b_',
  '[a](&#106;avascript:alert(1)) ~~b~~',
  '[a](java\tscript:alert(1)) **b**',
  '![pixel](https://canary.example/p.png) **b**',
  '<https://canary.example/auto> **b**',
  '```html\n<script>document.title=1</script>\n```',
  '> <iframe srcdoc="<script>parent.document.title=1</script>"></iframe>',
  '- <svg onload=document.title=1>',
  '[https://bank.example](https://evil.example/) **b**',
];

test.describe('US14: I set off words from others', () => {
  test('bold, italic, lists, quotes, links and code are shown as such, and code can be copied', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera', { permissions: ['clipboard-read', 'clipboard-write'] }), await actor('Bea')];
    const { page } = anahera;
    await startDirect(anahera, bea);
    await composer(page).fill(
      '**Bold** _soft_ ~~gone~~ `npm` https://example.nz/a_b_c\n\n> said\n\n- one\n- two\n\n```ts\nconst tide = 1;\n```',
    );
    await composer(page).press('Enter');
    const row = message(page, 'Bold');
    for (const [tag, text] of [
      ['strong', 'Bold'],
      ['em', 'soft'],
      ['s', 'gone'],
      ['blockquote', 'said'],
      ['li', 'two'],
      ['a', 'https://example.nz/a_b_c'],
    ] as const)
      await expect(row.locator(`.rich ${tag}`, { hasText: text })).toHaveText(text);
    await row.getByRole('button', { name: 'Copy the code' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('const tide = 1;');
    await say(page, '🌊🏖️');
    await expect(message(page, '🌊🏖️').locator('.message-emoji')).toBeVisible();
  });

  test('E1, E2: hostile marks run nothing, load nothing and lead nowhere', async ({ actor }) => {
    const [anahera, bea] = [await actor('Anahera'), await actor('Bea')];
    await startDirect(anahera, bea);
    const { page } = bea;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('dialog', (dialog) => asked.push(`dialog ${dialog.message()}`));
    for (const text of hostile) await say(anahera.page, text);
    await page.getByRole('link', { name: /Anahera/ }).click();
    await expect(page.locator('[data-message] .rich')).toHaveCount(hostile.length);
    expect(await page.locator('[data-message] :is(img, script, iframe, svg[onload], object, embed)').count()).toBe(0);
    const links = await page
      .locator('[data-message] a')
      .evaluateAll((all) => all.map((a) => `${a.textContent} → ${a.getAttribute('href')}`));
    expect(links.filter((link) => !/→ https:\/\//.test(link))).toEqual([]);
    expect(links.filter((link) => link.startsWith('https://bank.example'))).toEqual([]);
    expect(asked.filter((url) => url.includes('canary') || url.startsWith('dialog'))).toEqual([]);
    await expect(page).toHaveTitle(/KoreroMai/);
  });
});
