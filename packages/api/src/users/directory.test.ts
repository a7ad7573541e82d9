import { defaultSettings, type User } from '@koreromai/contract';
import { bytesOf } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { afterEach, beforeAll, expect, expectTypeOf, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';

const befriended = changeKind<{ one: string; other: string; state: string }, void>()({
  name: 'test.befriended',
  alone: true,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide({ one, other, state }, _facts, draft) {
    for (const [mine, theirs] of [
      [one, other],
      [other, one],
    ] as const)
      draft.insert('contact', { user_id: bytesOf(mine), other_id: bytesOf(theirs), state, created_at: draft.now, answered_at: draft.now });
  },
});

eachDatabase('the list of people', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'anahera', 'bea', 'dan', 'eru']); // the first is the admin
  const found = async (who: Person, query?: string) => (await who.api.users.list({ query, limit: 100 })).items.map((u) => u.id);
  const set = (settings: Partial<typeof defaultSettings>) => cast.root.api.admin.updateSettings(settings);
  beforeAll(async () => {
    await cast.world.services.lane.change(befriended, { one: cast.bea.id, other: cast.dan.id, state: 'accepted' });
    await cast.world.services.lane.change(befriended, { one: cast.bea.id, other: cast.eru.id, state: 'incoming' });
  });
  afterEach(() => set(defaultSettings));

  test('R006: an account is made without signing in, and nothing secret comes back', async () => {
    const input = { email: 'made@example.nz', password: 'correct horse made', name: 'Made', username: 'made.up' };
    const made = await cast.world.anonymous.users.create(input);
    expect(made).toEqual({
      id: made.id,
      username: 'made.up',
      name: 'Made',
      bio: '',
      avatarUrl: null,
      bot: false,
      createdAt: made.createdAt,
      email: input.email,
      role: 'user',
    });
    expect(await verdict(cast.world.anonymous.users.create(input))).toBe('EMAIL_TAKEN');
    expect((await cast.world.anonymous.auth.signIn({ email: input.email, password: input.password })).user.id).toBe(made.id);
    const sessions = await cast.world.db.read.selectFrom('session').select('id').where('user_id', '=', bytesOf(made.id)).execute();
    expect(sessions).toHaveLength(1); // that of the sign-in
  });

  test('R007, R008, K2: everyone is listed with name and birth; an address shows to its owner and to site admins alone', async () => {
    const { items } = await cast.bea.api.users.list({ limit: 100 });
    expect(items.map((u) => u.id)).toEqual(expect.arrayContaining([cast.root.id, cast.anahera.id, cast.bea.id]));
    expect(items.filter((u) => 'email' in u).map((u) => u.email)).toEqual([cast.bea.email]);
    expect((await cast.root.api.users.list({ limit: 100 })).items.every((u) => u.email?.includes('@'))).toBe(true);
    expect(await cast.bea.api.users.get({ userId: cast.anahera.id })).not.toHaveProperty('email');
    expect(await cast.bea.api.users.get({ userId: cast.bea.id })).toMatchObject({ email: cast.bea.email });
    expect(await cast.root.api.users.get({ userId: cast.bea.id })).toMatchObject({ email: cast.bea.email });
    expect(await verdict(cast.bea.api.users.get({ userId: crypto.randomUUID() }))).toBe('NOT_FOUND');
    expectTypeOf<User>().not.toHaveProperty('email');
  });

  test('K2: an admin may let contacts see addresses, or everyone', async () => {
    const shown = async (who: Person) => (await who.api.users.list({ limit: 100 })).items.flatMap((u) => u.email ?? []).toSorted();
    await set({ emailVisibility: 'contacts' });
    expect(await shown(cast.bea)).toEqual([cast.bea.email, cast.dan.email]);
    expect(await shown(cast.dan)).toEqual([cast.bea.email, cast.dan.email]);
    expect(await shown(cast.eru)).toEqual([cast.eru.email]);
    await set({ emailVisibility: 'everyone' });
    expect(await shown(cast.eru)).toEqual(expect.arrayContaining([cast.anahera.email, cast.root.email]));
  });

  test('K19: the directory shows everyone, one’s contacts or nobody, as the admins say; admins see all', async () => {
    await set({ directory: 'contacts' });
    expect(await found(cast.bea)).toEqual([cast.dan.id]);
    expect(await found(cast.bea, 'dan')).toEqual([cast.dan.id]);
    expect(await found(cast.bea, 'anahera')).toEqual([]);
    expect(await found(cast.root, 'anahera')).toEqual([cast.anahera.id]);
    await set({ directory: 'off' });
    expect(await verdict(cast.bea.api.users.list({}))).toBe('FORBIDDEN');
    expect(await verdict(cast.bea.api.users.list({ query: 'dan' }))).toBe('FORBIDDEN');
    expect(await found(cast.root, 'dan')).toEqual([cast.dan.id]);
    expect(await verdict(cast.bea.api.users.get({ userId: cast.anahera.id }))).toBe('done');
  });

  test('K19: words of name and username are found by how they begin, without case and marks, never by the address', async () => {
    await cast.anahera.api.users.updateMe({ name: 'Anahera Ngāta-Smith', username: 'kōwhai.mātai' });
    for (const query of ['ana', 'ANAHERA', 'ngata', 'Ngā', 'smith ana', 'kowhai', '@kōwhai.mātai', 'matai'])
      expect(await found(cast.bea, query), query).toEqual([cast.anahera.id]);
    for (const query of ['nahera', 'ana xyz', 'example', 'anahera@example.nz', 'example.nz', '@', '%', '_', "'", '\\', '🥝'])
      expect(await found(cast.bea, query), query).toEqual([]);
    await cast.anahera.api.users.updateMe({ name: 'Somebody Else', username: 'else.1' });
    expect(await found(cast.bea, 'ngata')).toEqual([]);
    expect(await found(cast.bea, 'somebody')).toEqual([cast.anahera.id]);
  });

  test('E4: searching for exactly somebody’s address tells nothing, whatever the setting', async () => {
    await set({ emailVisibility: 'everyone' });
    const secret = { email: 'zealandia@hidden.example', password: 'correct horse secret', name: 'Aroha', username: 'aroha.x' };
    await cast.world.anonymous.users.create(secret);
    for (const query of [secret.email, 'zealandia', 'zealandia@', 'hidden', '@hidden.example'])
      expect(await found(cast.bea, query), query).toEqual([]);
    expect(await found(cast.bea, 'aroha')).toHaveLength(1);
  });
});
