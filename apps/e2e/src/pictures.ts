// Makes the pictures of docs/pictures from a server that runs at the URL given: node apps/e2e/src/pictures.ts http://localhost:1337
import { type Browser, chromium, type Page } from '@playwright/test';

const [url = 'http://localhost:1337', folder = 'docs/pictures'] = process.argv.slice(2);
const run = Date.now().toString(36);

const talk: readonly (readonly [who: string, text: string])[] = [
  ['Anahera', 'Mōrena koutou! Saturday looks dry. Beach picnic at ten?'],
  ['Bea', 'Yes! I bring bread and the big umbrella.'],
  ['Tama', 'Ka pai. I can take three people from town, the car has room for the waka too.'],
  ['Bea', 'Tides are here: https://example.nz/tides – low at 11:40, so the rock pools will be open.'],
  ['Anahera', 'Perfect. Tama, could you pick up Moana on the way?'],
  ['Tama', 'Of course. Nine thirty at the bridge.'],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const [anahera, bea, tama] = [await person(browser, 'Anahera'), await person(browser, 'Bea'), await person(browser, 'Tama')];
  const pages: Record<string, Page> = { Anahera: anahera, Bea: bea, Tama: tama };
  const group = await call(anahera, 'conversations.create', {
    kind: 'group',
    people: [mail('Bea'), mail('Tama'), mail('Moana')],
    name: 'Beach picnic',
  });
  const direct = await call(bea, 'conversations.create', { kind: 'direct', person: mail('Anahera') });
  const second = await call(tama, 'conversations.create', { kind: 'group', people: [mail('Anahera'), mail('Bea')], name: 'Waka repairs' });
  await call(tama, 'messages.post', { conversationId: second, text: 'The varnish is dry, we can launch.' });
  await call(bea, 'messages.post', { conversationId: direct, text: 'Did you see my message about the umbrella?' });
  for (const [who, text] of talk) {
    const page = pages[who];
    if (page) await call(page, 'messages.post', { conversationId: group, text });
  }
  for (const scheme of ['light', 'dark'] as const) {
    for (const [size, width, height] of [
      ['wide', 1440, 900],
      ['narrow', 360, 640],
    ] as const) {
      await anahera.emulateMedia({ colorScheme: scheme });
      await anahera.setViewportSize({ width, height });
      await anahera.goto(`${url}/c/${group}${size === 'wide' ? '/details' : ''}`);
      await anahera.locator('[data-message]', { hasText: 'Nine thirty at the bridge.' }).waitFor();
      await anahera.waitForTimeout(300); // the page has settled; this is a picture, not a proof
      await anahera.screenshot({ path: `${folder}/${size}-${scheme}.png` });
    }
  }
} finally {
  await browser.close();
}

function mail(name: string): string {
  return `${name.toLowerCase()}.${run}@example.nz`;
}

async function person(on: Browser, name: string): Promise<Page> {
  const context = await on.newContext({
    baseURL: url,
    locale: 'en-NZ',
    timezoneId: 'Pacific/Auckland',
    viewport: { width: 1440, height: 900 },
  });
  await context.request.post('/trpc/auth.signUp', { data: { email: mail(name), password: `correct horse ${name}`, name } });
  const page = await context.newPage();
  await page.goto('/');
  return page;
}

/** Calls a mutation and gives the id of the conversation it speaks of, or ''. */
async function call(page: Page, path: string, input: unknown): Promise<string> {
  const answer: { result?: { data?: { conversation?: { id: string } } } } = await (
    await page.context().request.post(`/trpc/${path}`, { data: input })
  ).json();
  return answer.result?.data?.conversation?.id ?? '';
}
