import { bytesOf } from '@koreromai/db';
import { eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { anotherProcess } from '../test/process.ts';
import { tally, verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';
import { deliverHook } from './deliver.ts';

const rounds = 200;

eachDatabase('ends that two reach for at once', (dialect) => {
  const cast = createCast(dialect, ['root', 'hana', 'wiremu', 'mere']);

  /** What the audit says of these. */
  const entriesOf = async (...targets: string[]) => {
    const rows = await cast.world.services.read
      .selectFrom('audit')
      .select(['action', 'actor_id'])
      .where('target_id', 'in', targets.map(bytesOf))
      .where('action', 'in', ['hook.ended', 'bot.deleted', 'bot.token.revoked'])
      .orderBy('action', 'desc')
      .execute();
    return rows.map((row) => [row.action, row.actor_id?.toString('hex')]);
  };
  const hex = (who: Person) => bytesOf(who.id).toString('hex');

  test(`IN4, K6: of two who end one incoming webhook at once, one does and one is told that it is not there, ${rounds} times`, async () => {
    const { world, hana, wiremu, mere } = cast;
    await using other = await anotherProcess(world);
    const { id: conversationId } = await world.group(hana, [wiremu, mere]);
    await hana.api.members.setRole({ conversationId, userId: mere.id, role: 'admin' });
    const firsts: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const { id: hookId, bot, url } = await hana.api.hooks.create({ conversationId, name: 'Builds' });
      const deliver = () =>
        deliverHook(world.services, { token: url.split('/').at(-1) ?? '', payload: { text: 'done' }, id: undefined, spent: () => {} });
      if (round === 0) await deliver();
      const pair = round % 2 ? [hana, mere] : [mere, hana];
      const through = (who: Person) => (dialect === 'mysql' && round % 4 < 3 && who === pair[1] ? other.as(who) : who.api);
      const said = await Promise.all(pair.map((who) => verdict(through(who).hooks.remove({ conversationId, hookId }))));
      expect(tally(said), `round ${round}`).toEqual({ done: 1, NOT_FOUND: 1 });
      const winner = pair[said.indexOf('done')];
      if (!winner) throw new Error('One of them did it.');
      expect(await entriesOf(hookId, bot.id), `round ${round}`).toEqual([
        ['hook.ended', hex(winner)],
        ['bot.deleted', hex(winner)],
      ]);
      expect(await verdict(deliver())).toBe('NOT_FOUND');
      firsts.push(winner === hana ? 'owner' : 'admin');
      await world.services.jobs.idle(); // its seat is free again
    }
    expect((await hana.api.hooks.list({ conversationId })).items).toEqual([]);
    process.stdout.write(`IN4 two end one hook [${dialect}]: ${rounds} rounds, ${JSON.stringify(tally(firsts))}\n`);
  });

  test(`IN2, K6: a token that is revoked twice at once is written down once, both are told yes, and it is good for nothing, ${rounds} times`, async () => {
    const { world, wiremu } = cast;
    await using other = await anotherProcess(world);
    const { id: botId } = await wiremu.api.bots.create({ name: 'Karere' });
    for (let round = 0; round < rounds; round++) {
      const { id: tokenId, token } = await wiremu.api.bots.createToken({ botId, name: 'x', scopes: ['read'] });
      expect(await world.sessions.authenticate(token)).not.toBeNull();
      const since = await world.services.log.head();
      const apis = dialect === 'mysql' && round % 4 < 3 ? [wiremu.api, other.as(wiremu)] : [wiremu.api, wiremu.api];
      const said = await Promise.all(apis.map((api) => verdict(api.bots.revokeToken({ botId, tokenId }))));
      expect(said, `round ${round}`).toEqual(['done', 'done']);
      expect(await entriesOf(tokenId), `round ${round}`).toEqual([['bot.token.revoked', hex(wiremu)]]);
      const told = (await world.services.log.everything(since, 100)).filter((e) => e.type === 'session.revoked');
      expect(told.map((e) => e.subject)).toEqual([tokenId]);
      expect(await world.sessions.authenticate(token)).toBeNull();
    }
    process.stdout.write(`IN2 a token revoked twice [${dialect}]: ${rounds} rounds\n`);
  });
});
