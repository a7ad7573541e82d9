import type { ErrorCode } from '@koreromai/contract';
import { bytesOf } from '@koreromai/db';
import { eachDatabase } from '@koreromai/testing';
import { describe, expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { refusalOf, verdict } from '../test/refused.ts';

eachDatabase('bots among people', (dialect) => {
  const cast = createCast(dialect, ['root', 'hana', 'wiremu', 'mere']);
  const refused = async (call: Promise<unknown>, code: ErrorCode) => expect(await verdict(call)).toBe(code);
  let made = 0;
  const somebody = () => cast.world.person(`somebody-${made++}`);

  describe('what a token may', () => {
    test('IN3: a token may what its scopes say, decided before anything is looked at; what is for people is for no token', async () => {
      const { world, hana, wiremu, mere } = cast;
      const all = await world.bot(hana);
      const { id: conversationId } = await world.group(hana, [wiremu, mere]);
      await hana.api.members.add({ conversationId, person: `@${all.username}` });
      const only = async (...scopes: ('read' | 'post' | 'manage')[]) => {
        const { token } = await hana.api.bots.createToken({ botId: all.id, name: scopes.join(), scopes });
        const caller = await world.sessions.authenticate(token);
        if (!caller) throw new Error('No caller.');
        return world.as(caller);
      };
      const [read, post, manage] = [await only('read'), await only('post'), await only('manage')];
      const tries = {
        read: (api: typeof read) => api.messages.list({ conversationId }),
        post: (api: typeof read) => api.messages.post({ conversationId, text: 'Kia ora' }),
        manage: (api: typeof read) => api.reads.mark({ conversationId, seq: 1 }),
      };
      for (const [needs, act] of Object.entries(tries)) {
        await act(all.api);
        for (const [has, api] of Object.entries({ read, post, manage })) {
          const refusal = await refusalOf(act(api));
          expect([needs, has, refusal?.code ?? 'done']).toEqual([needs, has, needs === has ? 'done' : 'TOKEN_SCOPE']);
          if (needs !== has) expect(refusal?.info.details).toEqual({ needs });
        }
      }
      await refused(read.messages.post({ conversationId: 'nothing', text: '' }), 'TOKEN_SCOPE'); // before its input
      for (const never of [
        () => all.api.auth.sessions({}),
        () => all.api.auth.revokeOtherSessions(),
        () => all.api.auth.changePassword({ current: 'x', next: 'another long password' }),
        () => all.api.bots.list({}),
        () => all.api.bots.createToken({ botId: all.id, name: 'x', scopes: ['manage'] }),
        () => all.api.admin.users({}),
        () => all.api.users.deleteMe({ password: '' }),
        () => all.api.conversations.create({ kind: 'direct', person: wiremu.id }),
        () => all.api.users.post({ userId: wiremu.id, text: 'Kia ora' }),
        () => all.api.contacts.request({ person: wiremu.id }),
      ])
        await refused(never(), 'NOT_FOR_BOTS');
    });

    test('IN3: a bot sees the chats it was put into, from then on, and no others; who takes it out takes its sight', async () => {
      const { world, hana, wiremu, mere } = cast;
      const bot = await world.bot(hana);
      const { id: conversationId } = await world.group(hana, [wiremu, mere]);
      await wiremu.api.messages.post({ conversationId, text: 'before' });
      await refused(bot.api.messages.list({ conversationId }), 'NOT_FOUND');
      await refused(bot.api.messages.post({ conversationId, text: 'hello' }), 'NOT_FOUND');
      expect((await bot.api.conversations.list({})).items).toEqual([]);
      await hana.api.members.add({ conversationId, person: bot.id });
      await wiremu.api.messages.post({ conversationId, text: 'after' });
      const { message } = await bot.api.messages.post({ conversationId, text: 'hello' });
      expect(message.author).toMatchObject({ id: bot.id, bot: true });
      expect((await bot.api.messages.list({ conversationId })).items.map((m) => m.text)).toEqual(['hello', 'after']);
      const { items } = await wiremu.api.messages.list({ conversationId });
      expect(items.map((m) => [m.text, m.author.bot])).toEqual([
        ['hello', true],
        ['after', false],
        ['before', false],
      ]);
      expect((await wiremu.api.conversations.get({ conversationId })).members.find((m) => m.user.id === bot.id)?.user.bot).toBe(true);
      await hana.api.members.remove({ conversationId, userId: bot.id });
      await refused(bot.api.messages.list({ conversationId }), 'NOT_FOUND');
      await refused(bot.api.messages.post({ conversationId, text: 'still here?' }), 'NOT_FOUND');
    });

    test('IN3, B1: blocks hold for bots on either side', async () => {
      const { world, hana, wiremu, mere } = cast;
      const bot = await world.bot(hana);
      const begun = await wiremu.api.conversations.create({ kind: 'direct', person: `@${bot.username}` });
      const conversationId = begun.status === 'created' ? begun.conversation.id : '';
      await bot.api.messages.post({ conversationId, text: 'Kia ora' });
      await wiremu.api.blocks.add({ userId: bot.id });
      await refused(bot.api.messages.post({ conversationId, text: 'Again' }), 'CANNOT_MESSAGE');
      await wiremu.api.blocks.remove({ userId: bot.id });
      await bot.api.blocks.add({ userId: mere.id });
      const { id: group } = await world.group(hana, [wiremu, await somebody()]);
      await refused(mere.api.conversations.create({ kind: 'group', people: [bot.id, wiremu.id] }), 'CANNOT_ADD_USER');
      expect(group).toBeTruthy();
    });

    test('IN1, U2, N3: a bot of somebody who leaves goes too; nobody mails one; its owner’s export names it', async () => {
      const { world, wiremu, mere } = cast;
      const owner = await somebody();
      const bot = await world.bot(owner);
      const { id: conversationId } = await world.group(owner, [wiremu, mere]);
      await owner.api.members.add({ conversationId, person: bot.id });
      await bot.api.messages.post({ conversationId, text: 'I was here' });
      await owner.api.users.deleteMe({ password: `correct horse ${owner.email.split('@')[0]}` });
      await world.services.jobs.idle();
      expect((await wiremu.api.users.get({ userId: bot.id })).name).toBe('Deleted user');
      const { members } = await wiremu.api.conversations.get({ conversationId });
      expect(members.map((m) => m.user.id)).not.toContain(bot.id);
      expect((await world.services.read.selectFrom('mail').selectAll().where('user_id', '=', bytesOf(bot.id)).execute()).length).toBe(0);
    });
  });
});
