import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { beforeEach, expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { anotherProcess } from '../test/process.ts';
import { tally, verdict } from '../test/refused.ts';
import { createWorld } from '../test/world.ts';

eachDatabase('those who run the instance', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'marama', 'mia', 'tama', 'teina', 'peer']);
  const give = (userId: string, role: 'user' | 'moderator' | 'admin') => cast.root.api.admin.updateUser({ userId, role });
  const actions = async () => (await cast.root.api.admin.audit({ only: 'acts' })).items.map((i) => [i.action, i.targetId]);

  beforeEach(() => {
    cast.world.clock.now += 1_000; // ids of one millisecond are in no order
  });

  test('admins see everybody with address, role and when they were here, newest first; a query finds names and addresses by their beginning', async () => {
    const { items } = await cast.root.api.admin.users({});
    expect(items.map((u) => u.email).sort()).toEqual(['marama', 'mia', 'peer', 'root', 'tama', 'teina'].map((n) => `${n}@example.nz`));
    expect(items.map((u) => u.id)).toEqual(
      items
        .map((u) => u.id)
        .toSorted()
        .reverse(),
    );
    const root = items.find((u) => u.id === cast.root.id);
    expect(root).toMatchObject({ role: 'admin', suspended: false, lastSeenAt: new Date(cast.world.clock.now - 1_000).toISOString() });
    const found = async (query: string) => (await cast.root.api.admin.users({ query })).items.map((u) => u.id).sort();
    expect(await found('T')).toEqual(expect.arrayContaining([cast.tama.id, cast.teina.id]));
    expect(await found('TAMA@')).toEqual([cast.tama.id]);
    expect(await found(root?.username ?? '')).toEqual([cast.root.id]);
    expect(await found('ama@')).toEqual([]);
    expect(await found('%')).toEqual([]);
  });

  test('paging a query tells each once, though username and address begin alike', async () => {
    const both = await cast.world.anonymous.auth.signUp({
      email: 'zz9@example.nz',
      password: 'a good long one',
      name: 'Z',
      username: 'zz9',
    });
    const more = await Promise.all(
      [1, 2, 3].map((n) => cast.world.anonymous.auth.signUp({ email: `zz${n}@example.nz`, password: 'a good long one', name: 'Z' })),
    );
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { id: string }[]; nextCursor: string | null } = await cast.root.api.admin.users({
        query: 'zz',
        limit: 1,
        cursor,
      });
      ids.push(...page.items.map((u) => u.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(ids.toSorted()).toEqual([both, ...more].map((m) => m.user.id).toSorted());
  });

  test('nobody below admin sees the list; a moderator’s answer holds no address', async () => {
    await give(cast.marama.id, 'moderator');
    expect(await verdict(cast.marama.api.admin.users({}))).toBe('FORBIDDEN');
    expect(await verdict(cast.mia.api.admin.updateUser({ userId: cast.tama.id, suspended: true }))).toBe('FORBIDDEN');
    cast.world.clock.now += 1;
    const answer = await cast.marama.api.admin.updateUser({ userId: cast.tama.id, suspended: true });
    expect(answer).toMatchObject({ id: cast.tama.id, suspended: true, email: null });
    cast.world.clock.now += 1;
    await cast.marama.api.admin.updateUser({ userId: cast.tama.id, suspended: false });
    expect((await actions()).slice(0, 2)).toEqual([
      ['user.restored', cast.tama.id],
      ['user.suspended', cast.tama.id],
    ]);
  });

  test('2.4, C10: a moderator gives no role, not to themselves either, and suspends no moderator and no admin', async () => {
    await give(cast.marama.id, 'moderator');
    await give(cast.peer.id, 'moderator');
    const tries = [
      { userId: cast.marama.id, role: 'admin' as const },
      { userId: cast.mia.id, role: 'moderator' as const },
      { userId: cast.peer.id, suspended: true },
      { userId: cast.root.id, suspended: true },
      { userId: cast.root.id, role: 'user' as const, suspended: true },
    ];
    const verdicts = await Promise.all(tries.map((t) => verdict(cast.marama.api.admin.updateUser(t))));
    expect(verdicts).toEqual(tries.map(() => 'FORBIDDEN'));
    expect(await verdict(cast.marama.api.admin.updateUser({ userId: crypto.randomUUID(), suspended: true }))).toBe('NOT_FOUND');
    await give(cast.peer.id, 'user');
    expect(await verdict(cast.peer.api.admin.updateUser({ userId: cast.mia.id, suspended: true })), 'demoted').toBe('FORBIDDEN');
  });

  test('R018: a role is told to its owner, holds at the next call, and given twice is written once', async () => {
    const before = (await actions()).length;
    const feed = cast.world.subscribe(cast.mia, null);
    await give(cast.mia.id, 'moderator');
    await give(cast.mia.id, 'moderator');
    expect((await cast.mia.api.users.me()).role).toBe('moderator');
    expect((await cast.mia.api.session.snapshot()).me.role).toBe('moderator');
    await eventually('it is told', () => feed.frames.some(({ frame }) => frame.type === 'me.changed' && frame.me.role === 'moderator'));
    await feed.stop();
    await give(cast.mia.id, 'user');
    expect((await actions()).length).toBe(before + 2);
  });

  test('B4: suspension ends every session at once, here and in another process, and each way back in is closed until it is lifted', async () => {
    await using other = await anotherProcess(cast.world);
    const password = 'correct horse teina';
    const phone = await cast.world.anonymous.auth.signIn({ email: cast.teina.email, password });
    const ended: string[] = [];
    const here = await cast.world.sessions.authenticate(phone.token, () => void ended.push('phone'));
    await cast.root.api.admin.updateUser({ userId: cast.teina.id, suspended: true });
    await other.services.live.look();
    expect({ ended, revoked: here?.revoked() }).toEqual({ ended: ['phone'], revoked: true });
    expect(await cast.world.sessions.authenticate(phone.token)).toBeNull();
    expect(await cast.world.sessions.authenticate(cast.teina.token)).toBeNull();
    expect(await verdict(cast.world.anonymous.auth.signIn({ email: cast.teina.email, password }))).toBe('ACCOUNT_SUSPENDED');
    expect(await verdict(cast.world.anonymous.auth.signIn({ email: cast.teina.email, password: 'wrong' }))).toBe('SIGN_IN_FAILED');
    await cast.root.api.admin.updateUser({ userId: cast.teina.id, suspended: false });
    expect(await cast.world.sessions.authenticate(phone.token), 'what ended stays ended').toBeNull();
    expect((await cast.world.anonymous.auth.signIn({ email: cast.teina.email, password })).user.id).toBe(cast.teina.id);
  });

  test('P2: the last admin can be neither demoted nor suspended, and somebody who could rule but is suspended does not count', async () => {
    const lose = (input: { role?: 'user'; suspended?: true }) =>
      verdict(cast.root.api.admin.updateUser({ userId: cast.root.id, ...input }));
    expect([await lose({ role: 'user' }), await lose({ suspended: true })]).toEqual(['LAST_ADMIN', 'LAST_ADMIN']);
    await give(cast.peer.id, 'admin');
    await cast.root.api.admin.updateUser({ userId: cast.peer.id, suspended: true });
    expect([await lose({ role: 'user' }), await lose({ suspended: true })]).toEqual(['LAST_ADMIN', 'LAST_ADMIN']);
    await cast.root.api.admin.updateUser({ userId: cast.peer.id, role: 'user', suspended: false });
    expect((await cast.root.api.users.me()).role).toBe('admin');
  });

  test('P2: in 200 rounds of two admins who step down or demote each other at once, one is always left', async () => {
    await using world = await createWorld(dialect);
    await using other = await anotherProcess(world);
    const [one, two] = await world.people('one', 'two');
    const counts: string[] = [];
    for (let round = 0; round < 200; round++) {
      const admins = await world.db.read.selectFrom('user').select('id').where('role', '=', 'admin').execute();
      expect(admins.length).toBeGreaterThan(0);
      const able = (await one.api.users.me()).role === 'admin' ? one : two;
      for (const { id: userId } of [one, two]) await able.api.admin.updateUser({ userId, role: 'admin' });
      const target = round % 2 ? [two, one] : [one, two]; // each other, or themselves
      const verdicts = await Promise.all([
        verdict(one.api.admin.updateUser({ userId: target[0]?.id ?? '', role: 'user' })),
        verdict(other.as(two).admin.updateUser({ userId: target[1]?.id ?? '', role: 'user' })),
      ]);
      counts.push(verdicts.toSorted().join(' '));
    }
    const left = await world.db.read.selectFrom('user').select('id').where('role', '=', 'admin').execute();
    expect(left).toHaveLength(1);
    const told = tally(counts);
    process.stdout.write(`P2 [${dialect}]: 200 rounds, ${JSON.stringify(told)}\n`);
    expect(Object.keys(told).toSorted()).toEqual(['FORBIDDEN done', 'LAST_ADMIN done']);
    expect(world.faults).toEqual([]);
  });
});
