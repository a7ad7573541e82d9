import { defaultSettings, type ErrorCode, limits } from '@koreromai/contract';
import { bytesOf } from '@koreromai/db';
import type { Draft } from '@koreromai/realtime';
import { eachDatabase } from '@koreromai/testing';
import { describe, expect, test } from 'vitest';
import { silently } from '../search/test/silently.ts';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';

eachDatabase('bots', (dialect) => {
  const cast = createCast(dialect, ['root', 'hana', 'wiremu', 'mere']);
  const refused = async (call: Promise<unknown>, code: ErrorCode) => expect(await verdict(call)).toBe(code);
  let made = 0;
  const somebody = () => cast.world.person(`somebody-${made++}`);

  describe('an account that programs write under', () => {
    test('IN1: anybody makes one; it is seen for what it is, has no address and no password, and is no admin, not even as the first to be asked for', async () => {
      const { hana, wiremu, world } = cast;
      const bot = await hana.api.bots.create({ name: 'Te Karere', username: 'te.karere' });
      expect(bot).toMatchObject({ name: 'Te Karere', username: 'te.karere', bot: true, suspended: false });
      const seen = await wiremu.api.users.get({ userId: bot.id });
      expect(seen).toMatchObject({ id: bot.id, name: 'Te Karere', bot: true });
      expect(seen).not.toHaveProperty('email');
      expect((await wiremu.api.users.get({ userId: hana.id })).bot).toBe(false);
      expect((await wiremu.api.users.list({ query: 'karere' })).items.map((u) => [u.id, u.bot])).toContainEqual([bot.id, true]);
      for (const password of ['', ' ', 'correct horse te.karere'])
        await refused(world.anonymous.auth.signIn({ email: 'te.karere', password }), 'SIGN_IN_FAILED');
      await refused(wiremu.api.bots.create({ name: 'Another', username: 'te.karere' }), 'USERNAME_TAKEN');
      const row = await world.services.read.selectFrom('user').selectAll().where('id', '=', bytesOf(bot.id)).executeTakeFirstOrThrow();
      expect([row.role, row.email, row.founder, row.password_hash]).toEqual(['user', null, null, '']);
      await refused(cast.root.api.admin.updateUser({ userId: bot.id, role: 'admin' }), 'NOT_FOR_BOTS');
      await refused(cast.root.api.admin.updateUser({ userId: bot.id, role: 'moderator' }), 'NOT_FOR_BOTS');
    });

    test(`IN1: one person has ${defaultSettings.botsPerPerson} bots where nobody set another number, and one that is deleted makes room`, async () => {
      const who = await somebody();
      const bots: { id: string; name: string }[] = [];
      for (let i = 0; i < defaultSettings.botsPerPerson; i++) bots.push(await who.api.bots.create({ name: `Bot ${i}` }));
      await refused(who.api.bots.create({ name: 'One more' }), 'TOO_MANY_BOTS');
      await who.api.bots.remove({ botId: bots[0]?.id ?? '' });
      await who.api.bots.create({ name: 'One more' });
      expect((await who.api.bots.list({})).items.map((b) => b.name).toSorted()).toEqual(
        [...bots.slice(1).map((b) => b.name), 'One more'].toSorted(),
      );
    });

    test('IN1: its owner alone sees it among their bots, names it, makes tokens and deletes it', async () => {
      const { hana, wiremu } = cast;
      const { id: botId } = await hana.api.bots.create({ name: 'Mine' });
      const { id: tokenId } = await hana.api.bots.createToken({ botId, name: 'a', scopes: ['read'] });
      expect((await wiremu.api.bots.list({})).items.map((b) => b.id)).not.toContain(botId);
      await refused(wiremu.api.bots.tokens({ botId }), 'NOT_FOUND');
      await refused(wiremu.api.bots.createToken({ botId, name: 'b', scopes: ['read'] }), 'NOT_FOUND');
      await refused(wiremu.api.bots.revokeToken({ botId, tokenId }), 'NOT_FOUND');
      await refused(wiremu.api.bots.remove({ botId }), 'NOT_FOUND');
      await refused(wiremu.api.users.update({ userId: botId, name: 'Theirs' }), 'FORBIDDEN');
      await refused(hana.api.bots.remove({ botId: wiremu.id }), 'NOT_FOUND');
      await refused(hana.api.bots.createToken({ botId: wiremu.id, name: 'b', scopes: ['read'] }), 'NOT_FOUND');
      expect((await hana.api.users.update({ userId: botId, name: 'Renamed', bio: 'Tells the weather.' })).name).toBe('Renamed');
      await hana.api.bots.remove({ botId });
      await hana.api.bots.remove({ botId }); // twice is no mistake
      await cast.world.services.jobs.idle();
      expect((await wiremu.api.users.get({ userId: botId })).name).toBe('Deleted user');
    });
  });

  describe('tokens', () => {
    test('IN2: a token is shown once, kept as a hash, known by how it begins, and lists what it may and when it was used', async () => {
      const { world } = cast;
      const who = await somebody();
      const { id: botId } = await who.api.bots.create({ name: 'Karere' });
      const one = await who.api.bots.createToken({ botId, name: 'In the cellar', scopes: ['post', 'read', 'post'], expiresInDays: 7 });
      expect(one.token).toMatch(/^kmb_[\w-]{43}$/);
      const listed = async () => (await who.api.bots.tokens({ botId })).items;
      const [first, ...rest] = await listed();
      expect(rest).toEqual([]);
      const { token: _token, ...shown } = one;
      expect(first).toEqual(shown);
      expect(first).toMatchObject({ name: 'In the cellar', scopes: ['read', 'post'], lastUsedAt: null });
      expect(Date.parse(first?.expiresAt ?? '') - world.clock.now).toBe(7 * 86_400_000);
      const kept = await world.services.read.selectFrom('session').selectAll().where('id', '=', bytesOf(one.id)).executeTakeFirstOrThrow();
      expect(JSON.stringify(kept)).not.toContain(one.token.slice(4));
      expect(await world.sessions.authenticate(one.token)).not.toBeNull();
      expect((await listed())[0]?.lastUsedAt).toBe(new Date(world.clock.now).toISOString());
      world.clock.now += 7 * 86_400_000;
      expect(await world.sessions.authenticate(one.token)).toBeNull();
      expect(await listed()).toEqual([]);
    });

    test('IN2: a token without an end may lie unused for years, and one on a connection ends there when its days are over', async () => {
      const { world } = cast;
      const who = await somebody();
      const { id: botId } = await who.api.bots.create({ name: 'Karere' });
      const lasting = await who.api.bots.createToken({ botId, name: 'a', scopes: ['read'] });
      const short = await who.api.bots.createToken({ botId, name: 'b', scopes: ['read'], expiresInDays: 1 });
      let cut = false;
      const caller = await world.sessions.authenticate(short.token, () => {
        cut = true;
      });
      expect(caller?.revoked()).toBe(false);
      world.clock.now += 86_400_000;
      expect(caller?.revoked()).toBe(true);
      await world.sessions.sweep();
      expect(cut).toBe(true);
      world.clock.now += limits.session.absolute * 4;
      expect(await world.sessions.authenticate(lasting.token)).not.toBeNull();
    });

    test(`IN2: a bot has ${limits.bots.tokens} tokens that hold; those that ended count no more`, async () => {
      const who = await somebody();
      const { id: botId } = await who.api.bots.create({ name: 'Karere' });
      const make = (expiresInDays?: number) =>
        who.api.bots.createToken({ botId, name: 'x', scopes: ['read'], ...(expiresInDays && { expiresInDays }) });
      await make(1);
      const { id: tokenId } = await make();
      for (let i = 2; i < limits.bots.tokens; i++) await make();
      await refused(make(), 'TOO_MANY_TOKENS');
      await who.api.bots.revokeToken({ botId, tokenId });
      await who.api.bots.revokeToken({ botId, tokenId }); // twice is no mistake
      await make();
      await refused(make(), 'TOO_MANY_TOKENS');
      cast.world.clock.now += 86_400_000;
      await make();
      await refused(who.api.bots.createToken({ botId, name: 'x', scopes: [] }), 'BAD_INPUT');
    });

    test('IN2, G7: what ends a token cuts its connections off: revoking it, deleting or suspending the bot, suspending or deleting its owner', async () => {
      const { world, root } = cast;
      const owned = async () => {
        const owner = await somebody();
        return { owner, bot: await world.bot(owner) };
      };
      const ends: Record<string, (owner: Person, botId: string, tokenId: string) => Promise<unknown>> = {
        revoked: (owner, botId, tokenId) => owner.api.bots.revokeToken({ botId, tokenId }),
        deleted: (owner, botId) => owner.api.bots.remove({ botId }),
        suspended: (_owner, botId) => root.api.admin.updateUser({ userId: botId, suspended: true }),
        'owner suspended': (owner) => root.api.admin.updateUser({ userId: owner.id, suspended: true }),
        'owner deleted': (owner) => owner.api.users.deleteMe({ password: `correct horse ${owner.email.split('@')[0]}` }),
      };
      for (const [how, end] of Object.entries(ends)) {
        const { owner, bot } = await owned();
        const other = await owned();
        expect((await bot.api.users.me()).id, how).toBe(bot.id);
        await end(owner, bot.id, bot.tokenId);
        expect(world.over.has(bot.tokenId), how).toBe(true);
        await refused(bot.api.users.me(), 'SESSION_EXPIRED');
        expect(await world.sessions.authenticate(bot.token), how).toBeNull();
        expect((await other.bot.api.users.me()).bot, 'others’ go on').toBe(true);
      }
      await world.services.jobs.idle();
    });

    test('IN2: while its owner is suspended no token of a bot opens anything, not even one that was made in the same moment', async () => {
      const { world, root } = cast;
      const owner = await somebody();
      const { id: botId } = await owner.api.bots.create({ name: 'Karere' });
      const late = await owner.api.bots.createToken({ botId, name: 'late', scopes: ['read'] });
      await root.api.admin.updateUser({ userId: owner.id, suspended: true });
      const unrevoked = (draft: Draft) => draft.update('session', { revoked_at: null }, { id: bytesOf(late.id) });
      await world.services.lane.change(silently, unrevoked); // as if it had slipped through
      expect(await world.sessions.authenticate(late.token)).toBeNull();
    });
  });
});
