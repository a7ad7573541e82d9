import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { type Actor, expect, startGroup, test } from './cast.ts';

/** What interface.md promises of speed. Sizes in bytes, times in milliseconds. */
const bounds = {
  script: 100 * 1024,
  firstMessage: 1_000,
  rows: 150,
  message: Number(process.env.MESSAGES ?? 10_000),
  perMinute: 1_000,
  slowFrames: 0.01,
};
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

/** Twenty at once, which is what one request may hold. */
const postMany = async (who: Actor, conversationId: string, texts: readonly string[]) => {
  const path = `/trpc/${texts.map(() => 'messages.post').join(',')}?batch=1`;
  const answer = await who.context.request.post(path, { data: { ...texts.map((text) => ({ conversationId, text })) } });
  expect(answer.status()).toBe(200);
};

interface Seen {
  frames: number;
  /** Frames that came later than they should. */
  late: number;
  /** Milliseconds. */
  longest: number;
  rows: number;
}

/** Counts the page's frames from now on. */
const watch = (page: Page) =>
  page.evaluate((limit) => {
    const seen: Seen = { rows: 0, frames: 0, late: 0, longest: 0 };
    Object.assign(globalThis, { seen });
    let before = performance.now();
    const frame = (now: number) => {
      seen.frames += 1;
      if (now - before > limit) seen.late += 1;
      seen.longest = Math.max(seen.longest, now - before);
      before = now;
      if (seen.frames % 10 === 0) seen.rows = Math.max(seen.rows, document.querySelectorAll('[data-message]').length);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }, dropped);
const watched = (page: Page) => page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);

/** A thousand messages a minute for so long, while somebody scrolls back and forth and types now and then. Gives how many came. */
async function busily(page: Page, seconds: number, write: (n: number) => Promise<void>): Promise<number> {
  const begun = Date.now();
  const until = begun + seconds * 1_000;
  let arrived = 0;
  const arriving = (async () => {
    for (; Date.now() < until; arrived++) {
      await write(arrived);
      const early = begun + ((arrived + 1) * 60_000) / bounds.perMinute - Date.now();
      if (early > 0) await pause(early);
    }
  })();
  await page.mouse.move(900, 300);
  for (let turn = 0; Date.now() < until; turn++) {
    await page.mouse.wheel(0, turn % 40 < 30 ? -300 : 300);
    if (turn % 10 === 0) await page.keyboard.type('ka pai ');
    await pause(30);
  }
  await arriving;
  return arrived;
}

test('the page is small, quick and holds few rows', async ({ actor }) => {
  const [anahera, bea, dan] = [await actor('Anahera'), await actor('Bea'), await actor('Dan')];
  await startGroup(anahera, [bea.email, dan.email], 'Long talk');
  await expect(anahera.page.getByRole('heading', { name: 'Long talk', level: 1 })).toBeVisible();
  const id = new URL(anahera.page.url()).pathname.split('/')[2] ?? '';
  await anahera.page.goto('about:blank');
  await Promise.all([bea, dan].map(({ page }) => page.goto('about:blank')));
  for (let n = 0; n < bounds.message; n += 40)
    await Promise.all(
      [bea, dan].map((who, at) =>
        postMany(
          who,
          id,
          Array.from({ length: 20 }, (_, i) => `Message number ${n + 2 * i + at}: kia ora koutou katoa`),
        ),
      ),
    );
  const write = (n: number) => post(n % 2 ? bea : dan, id, `Live ${n}`);

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

  // What this browser on this machine draws of nothing at all, while the server takes the same load.
  const { page: blank } = await actor('Eru');
  await blank.goto('about:blank');
  await watch(blank);
  await busily(blank, 20, write);
  const nothing = await watched(blank);
  await blank.close();
  say(
    `     an empty page under the same load: ${nothing.frames} frames in 20 s, ${nothing.late} late, the longest ${Math.round(nothing.longest)} ms`,
  );

  await page.getByRole('textbox', { name: /^Message to/ }).focus();
  await watch(page);
  const arrived = await busily(page, 60, write);
  const seen = await watched(page);
  say(
    `     this page: ${arrived} messages arrived in 60 s; ${seen.frames} frames, ${seen.late} late, the longest ${Math.round(seen.longest)} ms`,
  );
  expect(arrived).toBeGreaterThan(0.9 * bounds.perMinute);
  held('rows in the document, of 10,000 messages', seen.rows, bounds.rows, '');
  const share = ({ frames, late }: Seen) => (100 * late) / Math.max(1, frames);
  held('late frames while scrolling and typing, more than of an empty page', share(seen) - share(nothing), 100 * bounds.slowFrames, ' %');
});
