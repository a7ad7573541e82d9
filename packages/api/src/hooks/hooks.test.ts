import { type ErrorCode, limits } from '@koreromai/contract';
import { bytesOf } from '@koreromai/db';
import { eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import { deliverHook } from './deliver.ts';

eachDatabase('incoming webhooks', (dialect) => {
  const cast = createCast(dialect, ['root', 'hana', 'wiremu', 'mere']);
  const refused = async (call: Promise<unknown>, code: ErrorCode) => expect(await verdict(call)).toBe(code);
  let made = 0;
  const somebody = () => cast.world.person(`somebody-${made++}`);
  const tokenIn = (url: string) => url.split('/').at(-1) ?? '';
  const deliver = (url: string, text: string, id?: string) =>
    deliverHook(cast.world.services, { token: tokenIn(url), payload: { text }, id, spent: () => {} });
  const texts = async (who: typeof cast.hana, conversationId: string) =>
    (await who.api.messages.list({ conversationId })).items.map((m) => m.text);

  test('IN4: what comes at its address is a message of its bot in that chat; the address is shown once and kept as a hash', async () => {
    const { wiremu, mere, world } = cast;
    const owner = await somebody();
    const { id: conversationId } = await world.group(owner, [wiremu, mere]);
    const hook = await owner.api.hooks.create({ conversationId, name: 'Builds' });
    expect(hook.url).toMatch(/^http:\/\/localhost:1337\/hooks\/kmh_[\w-]{43}$/);
    expect(await deliver(hook.url, 'All green')).toEqual({ replayed: false });
    const [message] = (await wiremu.api.messages.list({ conversationId })).items;
    expect(message).toMatchObject({ text: 'All green', author: { id: hook.bot.id, name: 'Builds', bot: true } });
    const { url, ...shown } = hook;
    expect((await owner.api.hooks.list({ conversationId })).items).toEqual([shown]);
    expect(shown).toMatchObject({ works: true, madeBy: { id: owner.id } });
    const rows = await world.services.read.selectFrom('hook').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(tokenIn(url).slice(4));
    expect((await owner.api.conversations.get({ conversationId })).seats).toBe(4);
    expect((await owner.api.bots.list({})).items.map((b) => b.id)).toEqual([hook.bot.id]);
  });

  test('IN4: owner and admins of a group, and of a room also moderators, make, see and end hooks; nobody else, and nobody in a direct chat', async () => {
    const { root, wiremu, mere, hana, world } = cast;
    const owner = await somebody();
    const { id: conversationId } = await world.group(owner, [wiremu, mere]);
    await owner.api.members.setRole({ conversationId, userId: mere.id, role: 'admin' });
    const { id: hookId, bot } = await mere.api.hooks.create({ conversationId, name: 'By an admin' });
    for (const [who, code] of [
      [wiremu, 'NOT_ADMIN'],
      [hana, 'NOT_FOUND'],
      [root, 'NOT_FOUND'],
    ] as const) {
      await refused(who.api.hooks.create({ conversationId, name: 'No' }), code);
      await refused(who.api.hooks.list({ conversationId }), code);
      await refused(who.api.hooks.remove({ conversationId, hookId }), code);
    }
    const room = await owner.api.rooms.create({ name: `Room ${made++}` });
    await refused(wiremu.api.hooks.create({ conversationId: room.id, name: 'No' }), 'FORBIDDEN');
    const { id: byRoot } = await root.api.hooks.create({ conversationId: room.id, name: 'By a moderator' });
    await refused(owner.api.hooks.remove({ conversationId, hookId: byRoot }), 'NOT_FOUND'); // of another chat
    await owner.api.hooks.remove({ conversationId: room.id, hookId: byRoot });
    const { id: direct } = await world.direct(owner, wiremu);
    await refused(owner.api.hooks.create({ conversationId: direct, name: 'No' }), 'DIRECT_IMMUTABLE');
    await owner.api.hooks.remove({ conversationId, hookId });
    await refused(owner.api.hooks.remove({ conversationId, hookId }), 'NOT_FOUND');
    await world.services.jobs.idle();
    expect((await owner.api.users.get({ userId: bot.id })).name).toBe('Deleted user');
    expect((await mere.api.bots.list({})).items.map((b) => b.id)).not.toContain(bot.id);
  });

  test('IN4: its bot takes a seat in a group; one chat has ten hooks at most', async () => {
    const { wiremu, mere, world } = cast;
    const owner = await somebody();
    const others = await Promise.all(Array.from({ length: 7 }, somebody));
    const { id: full } = await world.group(owner, [wiremu, mere, ...others]);
    await refused(owner.api.hooks.create({ conversationId: full, name: 'No' }), 'GROUP_FULL');
    const room = await owner.api.rooms.create({ name: `Room ${made++}` });
    for (let i = 0; i < limits.hooks.perConversation; i++) await owner.api.hooks.create({ conversationId: room.id, name: `Hook ${i}` });
    await refused(owner.api.hooks.create({ conversationId: room.id, name: 'One more' }), 'TOO_MANY_HOOKS');
    const other = await owner.api.rooms.create({ name: `Room ${made++}` });
    await refused(owner.api.hooks.create({ conversationId: other.id, name: 'One more' }), 'TOO_MANY_BOTS'); // the ten are the owner's bots
  });

  test('IN5: every rule of posting holds when it comes: the bot taken out, shut out or deleted, its maker suspended or gone, the chat closed', async () => {
    const { root, wiremu, mere, world } = cast;
    const scene = async () => {
      const owner = await somebody();
      const { id: conversationId } = await world.group(owner, [wiremu, mere]);
      return { owner, conversationId, hook: await owner.api.hooks.create({ conversationId, name: 'Builds' }) };
    };
    type Scene = Awaited<ReturnType<typeof scene>>;
    const works = async ({ owner, conversationId }: Scene) => (await owner.api.hooks.list({ conversationId })).items.map((h) => h.works);
    const ends: Record<string, [(s: Scene) => Promise<unknown>, ErrorCode, boolean[] | null]> = {
      'taken out': [(s) => s.owner.api.members.remove({ conversationId: s.conversationId, userId: s.hook.bot.id }), 'NOT_FOUND', [false]],
      'bot suspended': [(s) => root.api.admin.updateUser({ userId: s.hook.bot.id, suspended: true }), 'NOT_FOUND', [false]],
      'bot deleted': [(s) => s.owner.api.bots.remove({ botId: s.hook.bot.id }), 'NOT_FOUND', []],
      removed: [(s) => s.owner.api.hooks.remove({ conversationId: s.conversationId, hookId: s.hook.id }), 'NOT_FOUND', []],
      'maker suspended': [(s) => root.api.admin.updateUser({ userId: s.owner.id, suspended: true }), 'NOT_FOUND', null],
      'maker gone': [(s) => s.owner.api.users.deleteMe({ password: `correct horse ${s.owner.email.split('@')[0]}` }), 'NOT_FOUND', null],
      closed: [(s) => s.owner.api.conversations.close({ conversationId: s.conversationId }), 'CONVERSATION_CLOSED', null],
    };
    for (const [how, [end, code, listed]] of Object.entries(ends)) {
      const s = await scene();
      await deliver(s.hook.url, 'before');
      await end(s);
      expect([how, await verdict(deliver(s.hook.url, 'after'))]).toEqual([how, code]);
      if (listed) expect([how, await works(s)]).toEqual([how, listed]);
    }
    await world.services.jobs.idle();
    expect(await verdict(deliver('x/kmh_nothing', 'x'))).toBe('NOT_FOUND');
  });

  test('IN5: in a room whose doors are shut the bot stays let in, until who keeps the room says otherwise', async () => {
    const owner = await somebody();
    const room = await owner.api.rooms.create({ name: `Room ${made++}`, access: 'allowlist' });
    const hook = await owner.api.hooks.create({ conversationId: room.id, name: 'Builds' });
    await deliver(hook.url, 'one');
    await owner.api.rooms.disallow({ roomId: room.id, userId: hook.bot.id });
    await refused(deliver(hook.url, 'two'), 'ROOM_ACCESS_DENIED');
    expect(await texts(owner, room.id)).toEqual(['one']);
  });

  test('IN5: too long and empty are refused, the same key twice is one message, and it names people as anybody does', async () => {
    const { wiremu, mere, world } = cast;
    const owner = await somebody();
    const { id: conversationId } = await world.group(owner, [wiremu, mere]);
    const hook = await owner.api.hooks.create({ conversationId, name: 'Builds' });
    await refused(deliver(hook.url, 'x'.repeat(limits.text.maxCodePoints + 1)), 'MESSAGE_TOO_LONG');
    await refused(deliver(hook.url, '  \n '), 'EMPTY_MESSAGE');
    const key = '7b3f5e0a-9a39-4d5e-8a6c-111111111111';
    expect(await deliver(hook.url, 'once', key)).toEqual({ replayed: false });
    expect(await deliver(hook.url, 'once', key)).toEqual({ replayed: true });
    await refused(deliver(hook.url, 'something else', key), 'IDEMPOTENCY_MISMATCH');
    expect(await texts(owner, conversationId)).toEqual(['once']);
    const { username } = await wiremu.api.users.me();
    await deliver(hook.url, `@${username} look`);
    expect((await wiremu.api.messages.mentions({})).items[0]?.text).toBe(`@${username} look`);
    const kept = await world.services.read.selectFrom('mail').selectAll().where('user_id', '=', bytesOf(hook.bot.id)).execute();
    expect(kept).toEqual([]);
  });
});
