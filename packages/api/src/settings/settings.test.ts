import { defaultSettings } from '@koreromai/contract';
import { type Dialect, eachDatabase, eventually, patience } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { anotherProcess } from '../test/process.ts';
import { verdict } from '../test/refused.ts';
import { createWorld } from '../test/world.ts';

eachDatabase('the instance’s settings', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'mia']); // the first is the admin

  test('they have their defaults until an admin sets them, here at once', async () => {
    expect(await cast.root.api.admin.settings()).toEqual(defaultSettings);
    const changed = await cast.root.api.admin.updateSettings({ emailVisibility: 'contacts', editWindow: 0 });
    expect(changed).toEqual({ ...defaultSettings, emailVisibility: 'contacts', editWindow: 0 });
    expect(cast.world.services.settings.current).toEqual(changed);
    expect(await cast.root.api.admin.updateSettings({})).toEqual(changed);
    await cast.root.api.admin.updateSettings(defaultSettings);
  });

  test('a change holds in every process within a second', async () => {
    await using other = await anotherProcess(cast.world);
    const started = performance.now();
    await cast.root.api.admin.updateSettings({ directory: 'off' });
    await eventually('the change in the other process', () => other.services.settings.current.directory === 'off');
    expect(performance.now() - started).toBeLessThan(1_000 * patience);
    await cast.root.api.admin.updateSettings(defaultSettings);
  });

  test('nobody else reads or sets them, and what is no setting changes nothing', async () => {
    expect(await verdict(cast.mia.api.admin.settings())).toBe('FORBIDDEN');
    expect(await verdict(cast.mia.api.admin.updateSettings({ directory: 'off' }))).toBe('FORBIDDEN');
    expect(await verdict(cast.world.anonymous.admin.settings())).toBe('UNAUTHENTICATED');
    const bad = [{ directory: 'all' }, { editWindow: -1 }, { editWindow: 1.5 }, { editWindow: 1e15 }, { unknown: 1 }, { retention: '1' }];
    for (const input of bad)
      expect(await verdict(cast.root.api.admin.updateSettings(input as never)), JSON.stringify(input)).toBe('BAD_INPUT');
    expect(await cast.root.api.admin.settings()).toEqual(defaultSettings);
  });

  test('the environment seeds them, and what an admin has set counts more, also at the next start', async () => {
    await using world = await createWorld(dialect, { seeds: { directory: 'contacts', editWindow: 1_000 } });
    const root = await world.person('root');
    expect(world.services.settings.current).toEqual({ ...defaultSettings, directory: 'contacts', editWindow: 1_000 });
    await root.api.admin.updateSettings({ editWindow: 2_000 });
    await using next = await anotherProcess(world, { seeds: { editWindow: 3_000, directory: 'off', retention: 5 } });
    expect(next.services.settings.current).toMatchObject({ editWindow: 2_000, directory: 'contacts', retention: 5 });
  });

  test('K6: each setting that changed is in the audit, with who, when and where; what had that value already is not', async () => {
    await using world = await createWorld(dialect);
    const [root, mia] = await world.people('root', 'mia');
    await root.api.admin.updateSettings({ directory: 'off', editWindow: 5 });
    world.clock.now += 1_000;
    await root.api.admin.updateSettings({ directory: 'off', editWindow: 6 });
    const { items, nextCursor } = await root.api.admin.audit({ only: 'acts' });
    expect(nextCursor).toBeNull();
    expect(items.map((i) => [i.action, i.detail])).toEqual([
      ['settings.changed', { editWindow: 6 }],
      ['settings.changed', expect.anything()],
      ['settings.changed', expect.anything()],
    ]);
    expect(items[0]).toMatchObject({ actor: { id: root.id }, address: '203.0.113.7', at: new Date(world.clock.now).toISOString() });
    expect(await verdict(mia.api.admin.audit({}))).toBe('FORBIDDEN');
    expect(world.faults).toEqual([]);
  });

  test('who was demoted a moment ago is refused at the next call, though their session goes on', async () => {
    await using world = await createWorld(dialect);
    const root = await world.person('root');
    const bytes = await world.db.read.selectFrom('user').select('id').executeTakeFirstOrThrow();
    expect(await verdict(root.api.admin.audit({}))).toBe('done');
    await world.db.orm.em.fork().execute("update `user` set role = 'user' where id = ?", [bytes.id]);
    expect(await verdict(root.api.admin.audit({}))).toBe('FORBIDDEN');
    expect(await verdict(root.api.admin.updateSettings({ directory: 'off' }))).toBe('FORBIDDEN');
    expect(await verdict(root.api.users.me())).toBe('done');
  });
});
