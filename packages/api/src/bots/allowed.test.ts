import { defaultSettings, limits } from '@koreromai/contract';
import { eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { anotherProcess } from '../test/process.ts';
import { refusalOf, tally, verdict } from '../test/refused.ts';
import type { Api, Person } from '../test/world.ts';

const rounds = 200;

eachDatabase('how many bots one person may have', (dialect) => {
  const cast = createCast(dialect, ['root', 'hana', 'wiremu', 'mere']);
  const allow = (botsPerPerson: number, api: Api = cast.root.api) => api.admin.updateSettings({ botsPerPerson });
  const namesOf = async (who: Person) => (await who.api.bots.list({ limit: 100 })).items.map((b) => b.name).toSorted();

  test('IN1: admins set it from 0 to 100, and are written down; nobody else does, and nothing else is taken', async () => {
    const { root, hana } = cast;
    expect((await root.api.admin.settings()).botsPerPerson).toBe(10);
    for (const wrong of [-1, limits.bots.mostPerPerson + 1, 1.5, '3', null])
      expect(await verdict(root.api.admin.updateSettings({ botsPerPerson: wrong as never })), String(wrong)).toBe('BAD_INPUT');
    expect(await verdict(allow(3, hana.api))).toBe('FORBIDDEN');
    expect(await allow(limits.bots.mostPerPerson)).toEqual({ ...defaultSettings, botsPerPerson: 100 });
    const [last] = (await root.api.admin.audit({ only: 'acts' })).items;
    expect(last).toMatchObject({ action: 'settings.changed', actor: { id: root.id }, detail: { botsPerPerson: 100 } });
    await allow(defaultSettings.botsPerPerson);
  });

  test('IN1: a lowered number takes no bot away and lets nobody make one; a raised one makes room', async () => {
    const { hana, wiremu, mere, world } = cast;
    const { id: conversationId } = await world.group(hana, [wiremu, mere]);
    await allow(2);
    for (const name of ['one', 'two']) await hana.api.bots.create({ name });
    for (const [most, has] of [
      [2, 2],
      [1, 2],
      [0, 2],
    ] as const) {
      await allow(most);
      const refusal = await refusalOf(hana.api.bots.create({ name: 'three' }));
      expect(refusal).toMatchObject({ code: 'TOO_MANY_BOTS', info: { details: { bots: has, max: most } } });
      expect(await verdict(hana.api.hooks.create({ conversationId, name: 'three' }))).toBe('TOO_MANY_BOTS');
      expect(await namesOf(hana)).toEqual(['one', 'two']);
    }
    expect(await verdict(wiremu.api.bots.create({ name: 'first' })), '0: nobody').toBe('TOO_MANY_BOTS');
    await allow(3);
    await hana.api.hooks.create({ conversationId, name: 'three' });
    expect(await verdict(hana.api.bots.create({ name: 'four' }))).toBe('TOO_MANY_BOTS');
    await allow(defaultSettings.botsPerPerson);
    await hana.api.bots.create({ name: 'four' });
    expect(await namesOf(hana)).toEqual(['four', 'one', 'three', 'two']);
  });

  test(`IN1: once the number is lowered no bot comes any more, ${rounds} times, also where another process makes it`, async () => {
    const { root, world } = cast;
    await using other = await anotherProcess(world);
    const makers = await world.people('a', 'b', 'c', 'd');
    const verdicts: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const who = makers[round % makers.length] ?? root;
      const api = dialect === 'mysql' && round % 8 < 6 ? other.as(who) : who.api;
      const had = (await namesOf(who)).length;
      await allow(had + 1);
      const name = `Bot ${had}`;
      const make = async () => {
        for (let i = 0; i < round % 3; i++) await who.api.users.me(); // now one and now the other is first
        return verdict(api.bots.create({ name }));
      };
      const lower = async () => {
        for (let i = 0; i < round % 5; i++) await root.api.users.me();
        await allow(had);
        return (await namesOf(who)).length;
      };
      const [said, there] = await Promise.all([make(), lower()]);
      expect(['done', 'TOO_MANY_BOTS']).toContain(said);
      expect(there, `round ${round}: ${said}`).toBe(said === 'done' ? had + 1 : had);
      expect(await namesOf(who), `round ${round}`).toHaveLength(there);
      expect(await verdict(api.bots.create({ name }))).toBe('TOO_MANY_BOTS');
      verdicts.push(said);
    }
    const seen = tally(verdicts);
    process.stdout.write(`IN1 a bot against a lowered number [${dialect}]: ${rounds} rounds, ${JSON.stringify(seen)}\n`);
    expect(Object.keys(seen).toSorted()).toEqual(['TOO_MANY_BOTS', 'done']);
    await allow(defaultSettings.botsPerPerson);
  });
});
