import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Actor, call, composer, message, startDirect, startGroup, test } from './cast.ts';

const folder = process.env.SHOTS ?? join(import.meta.dirname, '../../../test-results/screens');

/** Both themes, wide and narrow: what a designer and a reviewer look through. */
const looks = [
  { look: 'light', options: { colorScheme: 'light' as const, viewport: { width: 1440, height: 900 } } },
  { look: 'dark-narrow', options: { colorScheme: 'dark' as const, viewport: { width: 360, height: 740 } } },
  { look: 'dark', options: { colorScheme: 'dark' as const, viewport: { width: 1440, height: 900 } } },
  { look: 'light-narrow', options: { colorScheme: 'light' as const, viewport: { width: 360, height: 740 } } },
];

for (const { look, options } of looks) {
  test(`every screen, ${look}`, async ({ actor, siteAdmin, stranger }) => {
    mkdirSync(folder, { recursive: true });
    const shoot = async (page: Page, name: string) => {
      await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null))));
      await page.screenshot({ path: join(folder, `${name}.${look}.png`) });
    };
    const visit = async (page: Page, path: string, name: string) => {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      await shoot(page, name);
    };
    const door = await stranger(options);
    for (const [path, name] of [
      ['/sign-in', 'sign-in'],
      ['/sign-up', 'sign-up'],
      ['/forgot', 'forgot'],
      ['/reset/no-such-link', 'reset'],
      ['/nowhere', 'not-found'],
    ] as const)
      await visit(door, path, name);

    const anahera = await actor('Anahera', options);
    const { page } = anahera;
    await visit(page, '/', 'first-run');
    const { group, handle } = await furnish(anahera, await actor('Bea'), await actor('Dan'));
    await visit(page, '/', 'chats');
    await page.getByRole('link', { name: /Whānau/ }).focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Details' }).waitFor();
    await shoot(page, 'chat-menu');
    await page.keyboard.press('Escape');
    await page.goto(`/c/${group}`);
    await message(page, 'Nau mai!').waitFor();
    await shoot(page, 'chat');
    await composer(page).fill('Kia ora @');
    await page.getByRole('option').first().waitFor();
    await shoot(page, 'completion');
    await composer(page).fill('');
    await message(page, 'The boat leaves').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Report' }).waitFor();
    await shoot(page, 'message-menu');
    await page.getByRole('menuitem', { name: 'Report' }).press('Enter');
    await page.getByRole('dialog').waitFor();
    await shoot(page, 'report');
    for (const [show, name] of [
      ['', 'details'],
      ['?show=pins', 'details-pins'],
      ['?show=media', 'details-media'],
      ['?show=links', 'details-links'],
    ] as const) {
      await page.goto(`/c/${group}/details${show}`);
      await page.waitForLoadState('networkidle').catch(() => undefined);
      await shoot(page, name);
    }
    for (const [path, name] of [
      ['/new', 'new-chat'],
      ['/rooms', 'rooms'],
      ['/rooms/new', 'new-room'],
      ['/people', 'people'],
      ['/people?show=everyone', 'directory'],
      ['/mentions', 'mentions'],
      ['/search?q=boat', 'search'],
      ['/analytics', 'analytics'],
      ['/settings', 'settings'],
      ['/share?text=Kia+ora+koutou', 'share'],
    ] as const)
      await visit(page, path, name);
    await visit(page, `/people/${handle}`, 'profile');
    const admin = await siteAdmin(options);
    for (const show of ['reports', 'people', 'rules', 'mail', 'audit']) await visit(admin.page, `/admin?show=${show}`, `admin-${show}`);
  });
}

/** Chats as people have them: a plan, an answer, a pin, a picture, a link, somebody who is named. */
async function furnish(owner: Actor, bea: Actor, dan: Actor): Promise<{ group: string; handle: string }> {
  await startDirect(bea, owner);
  const direct = new URL(bea.page.url()).pathname.split('/')[2];
  await call(bea, 'messages.post', { conversationId: direct, text: 'Kia ora! See you at the wharf on Saturday?' });
  await startGroup(dan, [owner.email, bea.email], 'Waka crew');
  await startGroup(owner, [bea.email, dan.email], 'Whānau picnic');
  await owner.page.getByRole('heading', { name: 'Whānau picnic', level: 1 }).waitFor();
  const group = new URL(owner.page.url()).pathname.split('/')[2] ?? '';
  const me = await (await owner.context.request.get('/api/v1/users/me')).json();
  const post = (who: Actor, text: string, more: object = {}) =>
    call<{ message: { id: string } }>(who, 'messages.post', { conversationId: group, text, ...more });
  await post(owner, 'Nau mai! This is where we plan the picnic.');
  await post(bea, '**The boat leaves at ten**, so be there by half past nine.');
  const map = await post(dan, 'Here is the map: https://example.nz/wharf');
  await call(owner, 'pins.add', { messageId: map.message.id });
  await post(bea, `@${me.username} do you bring the tent?`);
  await post(owner, 'Ka pai, I do. And the kettle ☕', { replyToId: map.message.id });
  await post(bea, '🎉');
  const stamp = Date.now();
  await call(dan, 'rooms.create', { name: `Kōrero ${stamp}` });
  await call(dan, 'rooms.create', { name: `Waka ${stamp}`, access: 'password', password: 'pavlova 1234' });
  const { user } = await call<{ user: { id: string } }>(owner, 'contacts.request', { person: bea.email });
  return { group, handle: user.id };
}
