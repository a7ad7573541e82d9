import { gzipSync } from 'node:zlib';
import { type Actor, expect, startGroup, test } from './cast.ts';

/** What interface.md promises of speed. Sizes in bytes, times in milliseconds. */
const bounds = { script: 100 * 1024, firstMessage: 1_000, rows: 150, message: 10_000, perMinute: 1_000, slowFrames: 0.01 };
/** A frame at 60 Hz lasts 16.7 ms; one that lasts twice as long was dropped. */
const dropped = 34;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Prints one measured value beside its bound, and fails where it is beyond. */
function held(what: string, value: number, most: number, unit: string): void {
  say(`${value <= most ? 'ok  ' : 'MISS'} ${what}: ${Math.round(value * 100) / 100}${unit} (at most ${most}${unit})`);
  expect.soft(value, what).toBeLessThanOrEqual(most);
}

const post = async (who: Actor, conversationId: string, text: string) => {
  const answer = await who.context.request.post('/trpc/messages.post', { data: { conversationId, text } });
  expect(answer.status()).toBe(200);
};

test('the page is small, quick and holds few rows', async ({ actor }) => {
  const [anahera, bea, dan] = [await actor('Anahera'), await actor('Bea'), await actor('Dan')];
  await startGroup(anahera, [bea.email, dan.email], 'Long talk');
  await expect(anahera.page.getByRole('heading', { name: 'Long talk', level: 1 })).toBeVisible();
  const id = new URL(anahera.page.url()).pathname.split('/')[2] ?? '';
  for (let n = 0; n < bounds.message; n += 50)
    await Promise.all(Array.from({ length: 50 }, (_, i) => post(i % 2 ? bea : dan, id, `Message number ${n + i}: kia ora koutou katoa`)));

  // What the browser fetches before the first screen stands: the entry and what it names, as it goes over the wire gzipped.
  const html = await (await anahera.context.request.get('/')).text();
  const entries = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((found) => found[1] ?? '');
  let script = 0;
  for (const entry of entries) script += gzipSync(await (await anahera.context.request.get(entry)).body(), { level: 9 }).length;
  held('initial JavaScript, gzip', script / 1024, bounds.script / 1024, ' kB');

  const { page } = anahera;
  await page.goto('/');
  await expect(page.getByRole('link', { name: /Long talk/ })).toBeVisible();
  const fetched = await page.evaluate(() => performance.getEntriesByType('resource').map((each) => each.name));
  let all = 0;
  for (const url of fetched.filter((each) => each.endsWith('.js')))
    all += gzipSync(await (await anahera.context.request.get(url)).body()).length;
  say(`     all JavaScript that the list of chats fetched, gzip: ${Math.round(all / 1024)} kB`);
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    await page.goto('about:blank');
    await page.goto(`/c/${id}`, { waitUntil: 'commit' });
    times.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const look = () => (document.querySelector('[data-message]') ? resolve(performance.now()) : requestAnimationFrame(look));
            look();
          }),
      ),
    );
  }
  held('first message visible, median of five', times.toSorted((a, b) => a - b)[2] ?? Number.POSITIVE_INFINITY, bounds.firstMessage, ' ms');

  // Reading back through all of it, by wheel, while messages arrive and somebody types.
  await page.getByRole('region', { name: 'Messages' }).hover();
  await page.evaluate((limit) => {
    const seen = { rows: 0, frames: 0, slow: 0 };
    Object.assign(globalThis, { seen });
    let before = performance.now();
    const frame = (now: number) => {
      seen.frames += 1;
      if (now - before > limit) seen.slow += 1;
      before = now;
      if (seen.frames % 10 === 0) seen.rows = Math.max(seen.rows, document.querySelectorAll('[data-message]').length);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }, dropped);
  const until = Date.now() + 60_000;
  let arrived = 0;
  const arriving = (async () => {
    for (; Date.now() < until; arrived++) {
      await post(arrived % 2 ? bea : dan, id, `Live ${arrived}`);
      const early = until - 60_000 + ((arrived + 1) * 60_000) / bounds.perMinute - Date.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    }
  })();
  for (let turn = 0; Date.now() < until; turn++) {
    await page.mouse.wheel(0, turn % 40 < 30 ? -600 : 600);
    if (turn % 10 === 0) await page.getByRole('textbox', { name: /^Message to/ }).pressSequentially('ka pai ');
    await page.getByRole('region', { name: 'Messages' }).hover();
  }
  await arriving;
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: { rows: number; frames: number; slow: number } }).seen);
  say(`${arrived} messages arrived in a minute, ${seen.frames} frames were drawn, ${seen.slow} of them late.`);
  expect(arrived).toBeGreaterThan(0);
  expect(seen.frames).toBeGreaterThan(0);
  held('rows in the document, of 10,000 messages', seen.rows, bounds.rows, '');
  held('late frames while scrolling and typing', (100 * seen.slow) / seen.frames, 100 * bounds.slowFrames, ' %');
});
