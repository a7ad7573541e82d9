import { type APIRequestContext, type Page, request } from '@playwright/test';
import { type Actor, addressOf, call, expect, test } from './cast.ts';
import { canary, corpus, names, turning } from './hostile.ts';
import { png } from './png.ts';

const narrow = { viewport: { width: 360, height: 740 } };

interface Poster {
  readonly api: APIRequestContext;
  readonly id: string;
  readonly email: string;
}

test.describe('US26: what people write to break a page breaks nothing', () => {
  test.describe.configure({ timeout: 300_000 });

  test('E1, E2, E10, E12: five hundred hostile texts in every place that shows what people write', async ({
    actor,
    siteAdmin,
    baseURL,
  }) => {
    const reader = await actor('Anahera', narrow);
    const scene = await furnish(reader, baseURL ?? '');
    const { page } = reader;
    const wrong = watch(page, baseURL ?? '');

    await page.goto(`/c/${scene.group}`);
    await expect(page.locator('[data-message]').first()).toBeVisible();
    const seen = await readThrough(page, 'timeline');
    expect(seen, 'every message was on the screen').toBeGreaterThanOrEqual(corpus.length);

    const screens: [path: string, what: string][] = [
      ['/', 'row previews'],
      [`/c/${scene.group}/details`, 'people of a group'],
      [`/c/${scene.group}/details?show=media`, 'descriptions of pictures'],
      [`/c/${scene.group}/details?show=links`, 'links'],
      [`/c/${scene.group}/details?show=pins`, 'pins'],
      ['/search?q=onerror', 'search results'],
      [`/search?q=${encodeURIComponent('שלום')}`, 'search results that turn'],
      [`/search?q=${encodeURIComponent('<img src=x onerror=document.title=1>')}`, 'a hostile search'],
      ['/mentions', 'mentions'],
      ['/people', 'people'],
      ['/people?show=everyone', 'the directory'],
      [`/people/${scene.posters[0]?.id}`, 'a profile'],
      [`/people/${scene.posters[1]?.id}`, 'a profile'],
      ['/rooms', 'names of rooms'],
      [`/rooms/${scene.room}`, 'the door of a room'],
      ['/analytics', 'names in analytics'],
      [`/share?text=${encodeURIComponent(corpus[0] ?? '')}`, 'what another app shares'],
      ['/settings', 'settings'],
      ['/new', 'a new chat'],
    ];
    for (const [path, what] of screens) {
      const answer = await page.goto(path);
      expect(policyOf(answer?.headers() ?? {}), path).toEqual(promised);
      await expect(page.getByRole('heading', { level: 1 }).first(), path).toBeVisible();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      await sound(page, `${what} (${path})`);
    }
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible(); // from then on it listens
    await page.keyboard.press('Control+K');
    await expect(page.getByRole('dialog')).toBeVisible();
    await sound(page, 'the quick switcher');

    const admin = await siteAdmin(narrow);
    const wrongThere = watch(admin.page, baseURL ?? '');
    await admin.page.goto('/admin?show=reports');
    await expect(admin.page.locator('.report').first()).toBeVisible();
    await sound(admin.page, 'reports');
    await admin.page.goto('/admin?show=people');
    await expect(admin.page.getByRole('listitem').first()).toBeVisible();
    await sound(admin.page, 'people whom the admin sees');
    expect([...wrong, ...wrongThere]).toEqual([]);
    for (const { api } of scene.posters) await api.dispose();
  });

  test('E12: a word of 100 kB is refused, and the page says so and goes on', async ({ actor }) => {
    const { page, context } = await actor('Bea', narrow);
    const made = await context.request.post('/trpc/rooms.create', { data: { name: `Long words ${Date.now()}` } });
    const { result }: { result: { data: { id: string } } } = await made.json();
    const answer = await context.request.post('/trpc/messages.post', {
      data: { conversationId: result.data.id, text: 'x'.repeat(100_000) },
    });
    expect(answer.status()).toBe(413);
    await page.goto(`/c/${result.data.id}`);
    const box = page.getByRole('textbox', { name: /^Message to/ });
    await box.fill('x'.repeat(100_000));
    await box.press('Enter');
    await expect(page.locator('.composer-over')).toHaveText(/-96.?000/);
    await sound(page, 'a composer that is too full');
    await box.fill('Kia ora');
    await box.press('Enter');
    await expect(page.locator('[data-message]', { hasText: 'Kia ora' })).toHaveAttribute('data-status', 'sent');
  });
});

/** Ten people with hostile names in a group with one, and all of the corpus said in it. */
async function furnish(reader: Actor, baseURL: string) {
  const posters: Poster[] = [];
  for (const [n, name] of names.slice(0, 9).entries()) {
    const api = await request.newContext({ baseURL });
    const email = addressOf(`hostile${n}`);
    expect((await api.post('/trpc/auth.signUp', { data: { email, password: 'correct horse hostile', name } })).status(), name).toBe(200);
    await api.post('/trpc/users.updateMe', { data: { bio: corpus[(n * 7) % 250] } });
    const { id }: { id: string } = await (await api.get('/api/v1/users/me')).json();
    posters.push({ api, id, email });
  }
  const { conversation } = await call<{ conversation: { id: string } }>(reader, 'conversations.create', {
    kind: 'group',
    people: posters.map((each) => each.email),
    name: names[1],
  });
  const group = conversation.id;
  const me: { username: string } = await (await reader.context.request.get('/api/v1/users/me')).json();
  const say = async (api: APIRequestContext, input: object) => {
    const answer = await api.post('/trpc/messages.post', { data: { conversationId: group, ...input } });
    expect(answer.status(), JSON.stringify(input).slice(0, 80)).toBe(200);
    const { result }: { result: { data: { message: { id: string } } } } = await answer.json();
    return result.data.message.id;
  };
  const [first] = posters;
  if (first === undefined) throw new Error('Nobody is there to be hostile.');
  const description = corpus[0] ?? '';
  const file = { name: `${names[0]}.png`, mimeType: 'image/png', buffer: png(40, 30) };
  const kept = await first.api.post('/api/v1/attachments', { multipart: { description, file } });
  const { id: attachment }: { id: string } = await kept.json();
  const named = await say(first.api, { text: `@${me.username} ${turning} ${corpus[40]}`, attachmentIds: [attachment] });
  const patiently = async (api: APIRequestContext, text: string) => {
    const post = async () => (await api.post('/trpc/messages.post', { data: { conversationId: group, text } })).status();
    let status = 429;
    await expect.poll(async () => (status = await post()), { intervals: [1_000], timeout: 30_000 }).not.toBe(429);
    expect(status, text.slice(0, 80)).toBe(200);
  };
  // All speak at once, each as much as the limits let through.
  const speakers = [reader.context.request, ...posters.map((each) => each.api)];
  const share = Math.ceil(corpus.length / speakers.length);
  await Promise.all(
    speakers.map(async (api, at) => {
      for (const text of corpus.slice(at * share, (at + 1) * share)) await patiently(api, text);
    }),
  );
  await call(reader, 'pins.add', { messageId: named });
  await call(reader, 'messages.report', { messageId: named, reason: `${turning} ${corpus[6]}`.slice(0, 500) });
  await call(reader, 'users.report', { userId: first.id, reason: `${turning} ${corpus[8]}`.slice(0, 500) });
  await call(reader, 'contacts.request', { person: first.email });
  const room = await call<{ id: string }>(reader, 'rooms.create', { name: `${names[1]} ${Date.now()}` });
  return { group, room: room.id, posters };
}

/** Errors of the page, requests elsewhere, dialogs, and new windows: none is wanted. */
function watch(page: Page, baseURL: string): string[] {
  const wrong: string[] = [];
  page.on('request', (asked) => {
    const url = asked.url();
    if (!url.startsWith(baseURL) && !/^(data|blob):/.test(url)) wrong.push(`asked for ${url}`);
    if (url.includes(canary)) wrong.push(`leaked to ${url}`);
  });
  page.on('pageerror', (error) => void wrong.push(`broke: ${error.message}`));
  page.on('dialog', (dialog) => {
    wrong.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => wrong.push(`opened ${popup.url()}`));
  return wrong;
}

/** Goes up through a whole conversation and looks at all that is drawn on the way. Gives how many messages that were. */
async function readThrough(page: Page, what: string): Promise<number> {
  const seen = new Set<string>();
  const drawn = () => page.locator('[data-message]').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.message ?? ''));
  const start = page.getByText('This is where the chat begins for you.');
  for (let turn = 0; turn < 400; turn++) {
    await expect(page.getByTestId('timeline'), `after ${seen.size} messages`).toBeVisible();
    const before = seen.size;
    for (const id of await drawn()) seen.add(id);
    if (seen.size > before) await sound(page, `${what}, ${seen.size} messages`);
    else if ((await start.count()) > 0) break;
    await page.getByTestId('timeline').evaluate((region) => region.scrollTo(0, 0));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }
  return seen.size;
}

/** Nothing ran, nothing became an element, nothing is wider than the screen, and what turns is kept apart from what stands beside it. */
async function sound(page: Page, where: string): Promise<void> {
  await expect(page, where).toHaveTitle(/KoreroMai/);
  const found = await page.evaluate(
    (turned) => {
      const elements = document.querySelectorAll(
        'main script, main iframe, main object, main embed, main base, main meta, main link, main style, main form[action], main math, main marquee, main [onerror], main [onload], main [style*="url("]',
      );
      const leading = [...document.querySelectorAll('a[href]')].filter(
        (a) => !/^(https?:|mailto:|\/|#|\?)/.test(a.getAttribute('href') ?? ''),
      );
      const isolated = (element: Element | null): boolean =>
        element !== null &&
        (['isolate', 'isolate-override', 'plaintext'].includes(getComputedStyle(element).unicodeBidi) ||
          (element !== document.body && isolated(element.parentElement)));
      const turning: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode as Text;
        if (data.includes(turned) && !isolated(parentElement))
          turning.push(`${parentElement?.className || parentElement?.tagName}: ${data.slice(0, 60)}`);
      }
      const pane = document.scrollingElement ?? document.body;
      const wide = [...document.querySelectorAll<HTMLElement>('[data-testid="timeline"], main')].filter(
        (box) => box.scrollWidth > box.clientWidth + 1,
      );
      return {
        elements: [...elements].map((element) => element.outerHTML.slice(0, 120)),
        leading: leading.map((a) => a.outerHTML.slice(0, 120)),
        turning: [...new Set(turning)],
        wide: [
          ...(pane.scrollWidth > innerWidth ? [`page ${pane.scrollWidth}`] : []),
          ...wide.map((box) => `${box.className || box.tagName} ${box.scrollWidth} > ${box.clientWidth}`),
        ],
      };
    },
    turning.slice(0, 4),
  );
  expect.soft(found, where).toEqual({ elements: [], leading: [], turning: [], wide: [] });
}

const promised = {
  inline: false,
  scripts: "'self'",
  objects: "'none'",
  base: "'none'",
  frames: "'none'",
  sniff: 'nosniff',
  opener: 'same-origin',
};

/** E4: what the headers of a page promise. */
function policyOf(headers: Record<string, string>) {
  const policy = headers['content-security-policy'] ?? '';
  const part = (name: string) => new RegExp(`(?:^|; *)${name} ([^;]*)`).exec(policy)?.[1] ?? '';
  return {
    inline: /unsafe-(inline|eval)/.test(policy),
    scripts: part('script-src') || part('default-src'),
    objects: part('object-src'),
    base: part('base-uri'),
    frames: part('frame-ancestors'),
    sniff: headers['x-content-type-options'],
    opener: headers['cross-origin-opener-policy'],
  };
}
