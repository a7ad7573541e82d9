import { type Browser, type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';
import { admin } from './first-account.ts';

export interface Actor {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly page: Page;
  readonly context: BrowserContext;
}

let made = 0;
/** An address no other test has. */
export const addressOf = (name: string): string =>
  `${name.toLowerCase().replaceAll(/[^a-z0-9-]/gu, '')}.${process.pid}.${++made}@example.nz`;

interface Stage {
  /** A person with an account, signed in, at the list of chats, in a browser of their own. */
  actor: (name: string, options?: BrowserContextOptions) => Promise<Actor>;
  /** The admin of the instance, signed in, in a browser of their own. */
  siteAdmin: (options?: BrowserContextOptions) => Promise<Actor>;
  /** A browser nobody has signed in with. */
  stranger: (options?: BrowserContextOptions) => Promise<Page>;
}

/** Every page of a story is watched: an uncaught error, a refused script or an error in the console fails it. */
export const test = base.extend<Stage>({
  stranger: async ({ browser }, use) => {
    const stage = open(browser);
    await use(async (options) => (await stage.context(options)).page);
    await stage.close();
  },
  siteAdmin: async ({ browser }, use) => {
    const stage = open(browser);
    await use(async (options) => {
      const { context, page } = await stage.context(options);
      const { name, email, password } = admin;
      expect((await context.request.post('/trpc/auth.signIn', { data: { email, password } })).status()).toBe(200);
      await page.goto('/');
      await expect(page.getByRole('button', { name: `Account: ${name}` })).toBeVisible();
      return { name, email, password, page, context };
    });
    await stage.close();
  },
  actor: async ({ browser }, use) => {
    const stage = open(browser);
    await use(async (name, options) => {
      const { context, page } = await stage.context(options);
      const email = addressOf(name);
      const password = `correct horse ${name}`;
      const answer = await context.request.post('/trpc/auth.signUp', { data: { email, password, name } });
      expect(answer.status()).toBe(200);
      await page.goto('/');
      await expect(page.getByRole('button', { name: `Account: ${name}` })).toBeVisible();
      return { name, email, password, page, context };
    });
    await stage.close();
  },
});

export { expect };

function open(browser: Browser) {
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  return {
    async context(options?: BrowserContextOptions) {
      const context = await browser.newContext(options);
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(`${error.message}`));
      page.on('console', (message) => {
        // Being signed out or offline shows as a failed request: that is what the stories are about.
        if (message.type() === 'error' && !/Failed to load resource|WebSocket connection to/.test(message.text()))
          complaints.push(message.text());
      });
      return { context, page };
    },
    async close() {
      for (const context of contexts) await context.close();
      expect(complaints).toEqual([]);
    },
  };
}

/** Types addresses as chips on the page for a new chat. */
export async function typeAddresses(page: Page, addresses: readonly string[]): Promise<void> {
  const box = page.getByRole('textbox', { name: /With whom|Who joins/ });
  for (const address of addresses) {
    await box.fill(address);
    await box.press('Enter');
  }
}

/** Starts a group by hand and opens it. */
export async function startGroup(owner: Actor, addresses: readonly string[], name: string): Promise<void> {
  await owner.page.goto('/new');
  await typeAddresses(owner.page, addresses);
  await owner.page.getByRole('textbox', { name: 'Name of the group (optional)' }).fill(name);
  await owner.page.getByRole('button', { name: 'Create group' }).click();
}

/** Starts a direct chat by hand; it opens by itself. */
export async function startDirect(one: Actor, other: Actor): Promise<void> {
  await one.page.goto('/new');
  await typeAddresses(one.page, [other.email]);
  await one.page.getByRole('button', { name: /direct chat/i }).click();
  await expect(one.page.getByRole('heading', { name: other.name, level: 1 })).toBeVisible();
}

export const composer = (page: Page) => page.getByRole('textbox', { name: /^Message to/ });

/** Writes and sends with Enter. */
export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** A message by its words, in the timeline. */
export const message = (page: Page, text: string) => page.locator('[data-message]', { hasText: text });

/** Calls a mutation as this person, past the page: for what the story itself is not about. */
export async function call<Data = unknown>(actor: Actor, path: string, input: unknown): Promise<Data> {
  const answer = await actor.context.request.post(`/trpc/${path}`, { data: input });
  expect(answer.status(), `${path}: ${await answer.text()}`).toBe(200);
  const { result }: { result: { data: Data } } = await answer.json();
  return result.data;
}
