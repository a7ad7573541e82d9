import type { AuditEntry } from '@koreromai/contract';
import { newId } from '@koreromai/db';
import { eachDatabase } from '@koreromai/testing';
import { beforeEach, expect, test } from 'vitest';
import { hashToken } from '../auth/tokens.ts';
import { botDeleted, botMade, tokenMade, tokenRevoked } from '../bots/changes.ts';
import { hookMade, hookRemoved } from '../hooks/changes.ts';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';
import { webhookEnabled, webhookMade, webhookRemoved } from '../webhooks/changes.ts';
import { createScene } from '../webhooks/test/scene.ts';

const address = '203.0.113.7';
type Told = [actor: string | null, action: AuditEntry['action'], target: string, detail: AuditEntry['detail'], address: string];

/** The last that was done is exactly this: who, what, on what, with which details, from where. The clock stands still, so not in which order. */
async function expectTold(root: Person, wanted: readonly Told[]) {
  const { items } = await root.api.admin.audit({ only: 'acts', limit: wanted.length });
  const told = items.map((e) => [e.actor?.id ?? null, e.action, e.targetId, e.detail, e.address]);
  const inOrder = (rows: readonly unknown[]) => rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  expect(inOrder(told)).toEqual(inOrder(wanted));
}

eachDatabase('programs in the audit', (dialect) => {
  const cast = createCast(dialect, ['root', 'hana', 'wiremu', 'mere']);
  let made = 0;
  beforeEach(() => {
    cast.world.clock.now += 1_000; // so that what a test does is the last that was done
  });
  const somebody = () => cast.world.person(`somebody-${made++}`);
  const kept = async () => JSON.stringify(await cast.world.services.read.selectFrom('audit').selectAll().execute());

  test('K6: a bot and its tokens stand in the audit, made and gone, each once, with who and whence; never a token, its hash or its name', async () => {
    const hana = await somebody();
    const { id: botId } = await hana.api.bots.create({ name: 'Karere' });
    const token = await hana.api.bots.createToken({ botId, name: 'kmb_pasted-by-mistake', scopes: ['post', 'read'], expiresInDays: 7 });
    const lasting = await hana.api.bots.createToken({ botId, name: 'lasting', scopes: ['manage'] });
    for (let i = 0; i < 2; i++) await hana.api.bots.revokeToken({ botId, tokenId: token.id });
    expect(await verdict(cast.wiremu.api.bots.remove({ botId }))).toBe('NOT_FOUND');
    for (let i = 0; i < 2; i++) await hana.api.bots.remove({ botId });
    await expectTold(cast.root, [
      [hana.id, 'bot.made', botId, {}, address],
      [hana.id, 'bot.token.made', token.id, { bot: botId, scopes: 'read post', until: token.expiresAt }, address],
      [hana.id, 'bot.token.made', lasting.id, { bot: botId, scopes: 'manage', until: null }, address],
      [hana.id, 'bot.token.revoked', token.id, { bot: botId }, address],
      [hana.id, 'bot.deleted', botId, { owner: hana.id }, address],
    ]);
    const all = await kept();
    for (const secret of [token.token.slice(4), hashToken(token.token).toString('hex'), 'pasted', 'lasting'])
      expect(all).not.toContain(secret);
  });

  test('K6: an incoming webhook stands there with its bot, and whoever ended it, be it through the bot; never its address', async () => {
    const [hana, mere] = [await somebody(), await somebody()];
    const { id: chat } = await cast.world.group(hana, [cast.wiremu, mere]);
    await hana.api.members.setRole({ conversationId: chat, userId: mere.id, role: 'admin' });
    const one = await hana.api.hooks.create({ conversationId: chat, name: 'Builds' });
    await mere.api.hooks.remove({ conversationId: chat, hookId: one.id });
    const two = await hana.api.hooks.create({ conversationId: chat, name: 'Alarms' });
    await hana.api.bots.remove({ botId: two.bot.id });
    const [first, second] = [
      { chat, bot: one.bot.id },
      { chat, bot: two.bot.id },
    ];
    await expectTold(cast.root, [
      [hana.id, 'bot.made', one.bot.id, {}, address],
      [hana.id, 'hook.made', one.id, first, address],
      [mere.id, 'hook.ended', one.id, first, address],
      [mere.id, 'bot.deleted', one.bot.id, { owner: hana.id }, address],
      [hana.id, 'bot.made', two.bot.id, {}, address],
      [hana.id, 'hook.made', two.id, second, address],
      [hana.id, 'hook.ended', two.id, second, address],
      [hana.id, 'bot.deleted', two.bot.id, { owner: hana.id }, address],
    ]);
    const tokens = [one, two].map(({ url }) => url.slice(-43));
    expect((await kept()).match(new RegExp(`${tokens.join('|')}|Builds|Alarms`))).toBeNull();
    await cast.world.services.jobs.idle();
  });

  test('K6: what goes with a deleted account the server takes away by itself', async () => {
    const hana = await somebody();
    const { id: chat } = await cast.world.group(hana, [cast.wiremu, cast.mere]);
    const hook = await hana.api.hooks.create({ conversationId: chat, name: 'Builds' });
    cast.world.clock.now += 1_000;
    await hana.api.users.deleteMe({ password: `correct horse ${hana.email.split('@')[0]}` });
    await cast.world.services.jobs.idle();
    await expectTold(cast.root, [
      [hana.id, 'user.deleted', hana.id, { erased: false }, address],
      [null, 'hook.ended', hook.id, { chat, bot: hook.bot.id }, 'local'],
      [null, 'bot.deleted', hook.bot.id, { owner: hana.id }, 'local'],
    ]);
  });

  test('K6: an outgoing webhook stands there, made, disabled by the server with the reason, let go on and ended; of its address the host alone', async () => {
    await using scene = await createScene(dialect);
    const { hana, wiremu, root, receiver, conversationId: chat } = scene;
    receiver.answers.set('/secret-path?key=secret-query', { status: 410 });
    const { id: webhookId, secret } = await scene.make('https://hooks.example.nz/secret-path?key=secret-query', ['message.created']);
    for (let i = 0; i < 2; i++) await scene.say(wiremu, `${i}`);
    await scene.told();
    const there = { conversationId: chat, webhookId };
    for (let i = 0; i < 2; i++) await hana.api.webhooks.enable(there);
    await hana.api.webhooks.remove(there);
    const where = { chat, host: 'hooks.example.nz' };
    await expectTold(root, [
      [hana.id, 'webhook.made', webhookId, { ...where, events: 'message.created' }, address],
      [null, 'webhook.disabled', webhookId, { ...where, reason: 'gone' }, 'local'],
      [hana.id, 'webhook.enabled', webhookId, where, address],
      [hana.id, 'webhook.ended', webhookId, where, address],
    ]);
    const all = JSON.stringify(await scene.world.services.read.selectFrom('audit').selectAll().execute());
    for (const part of ['secret-', secret.slice(6)]) expect(all).not.toContain(part);
  });

  test('K6: a change that runs again after a lost answer is written down once', async () => {
    const hana = await somebody();
    const { id: chat } = await cast.world.group(hana, [cast.wiremu, cast.mere]);
    const act = { actorId: hana.id, address };
    const { lane } = cast.world.services;
    const [botId, tokenId, hookId, webhookId] = [newId(), newId(), newId(), newId()];
    const own = { botId, ownerId: hana.id, address };
    const twice = async (run: () => Promise<unknown>) => [await run(), await run()];
    await twice(() => lane.change(botMade, { id: botId, ownerId: hana.id, address, name: 'Karere', username: `k${made++}` }));
    const token = { ...own, id: tokenId, tokenHash: hashToken('a'), label: 'a', scopes: ['read'] as const, expiresAt: null };
    await twice(() => lane.change(tokenMade, token));
    await twice(() => lane.change(tokenRevoked, { ...own, tokenId }));
    const bot = { id: newId(), name: 'Builds', username: `k${made++}` };
    await twice(() => lane.change(hookMade, { ...act, id: hookId, conversationId: chat, tokenHash: hashToken('b'), bot }));
    const entryId = newId(cast.world.clock.now);
    await twice(() => lane.change(hookRemoved, { ...act, id: hookId, conversationId: chat, entryId }));
    const webhook = { ...act, id: webhookId, conversationId: chat };
    await twice(() => lane.change(webhookMade, { ...webhook, url: 'https://hooks.example.nz/', events: ['message.created'] }));
    await twice(() => lane.change(webhookEnabled, webhook)); // it was not disabled: nothing to write down
    await twice(() => lane.change(webhookRemoved, webhook));
    await twice(() => lane.change(botDeleted, { act, botId, ownerId: hana.id, erase: false, jobId: newId() }));
    const owner = hana.id;
    await expectTold(cast.root, [
      [owner, 'bot.made', botId, {}, address],
      [owner, 'bot.token.made', tokenId, { bot: botId, scopes: 'read', until: null }, address],
      [owner, 'bot.token.revoked', tokenId, { bot: botId }, address],
      [owner, 'bot.made', bot.id, {}, address],
      [owner, 'hook.made', hookId, { chat, bot: bot.id }, address],
      [owner, 'hook.ended', hookId, { chat, bot: bot.id }, address],
      [owner, 'webhook.made', webhookId, { chat, host: 'hooks.example.nz', events: 'message.created' }, address],
      [owner, 'webhook.ended', webhookId, { chat, host: 'hooks.example.nz' }, address],
      [owner, 'bot.deleted', botId, { owner }, address],
    ]);
    const { items } = await cast.root.api.admin.audit({ only: 'acts', limit: 10 });
    expect(Date.parse(items.at(-1)?.at ?? '')).toBeLessThan(cast.world.clock.now); // the tenth is older: nothing was written twice
  });
});
