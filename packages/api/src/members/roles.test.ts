import type { AddPolicy } from '@koreromai/contract';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';

eachDatabase('roles in a group', (dialect: Dialect) => {
  const cast = createCast(dialect, ['owner', 'chair', 'a', 'b', 'c', 'd', 'outsider']);
  const setRole = (by: Person, conversationId: string, who: Person, role: 'admin' | 'member') =>
    verdict(by.api.members.setRole({ conversationId, userId: who.id, role }));
  const get = (who: Person, conversationId: string) => who.api.conversations.get({ conversationId });
  /** owner, chair (an admin), a, b and c. */
  async function group(addPolicy: AddPolicy = 'owner') {
    const { id } = await cast.world.group(cast.owner, [cast.chair, cast.a, cast.b, cast.c]);
    await cast.owner.api.members.setRole({ conversationId: id, userId: cast.chair.id, role: 'admin' });
    await cast.owner.api.conversations.update({ conversationId: id, addPolicy });
    return id;
  }

  test('C10: only the owner makes admins, nobody makes an owner that way, and the owner keeps their place', async () => {
    const id = await group();
    expect(await setRole(cast.a, id, cast.a, 'admin')).toBe('NOT_OWNER');
    expect(await setRole(cast.chair, id, cast.a, 'admin')).toBe('NOT_OWNER');
    expect(await setRole(cast.chair, id, cast.owner, 'member')).toBe('NOT_OWNER');
    expect(await setRole(cast.owner, id, cast.owner, 'member')).toBe('OWNER_STAYS');
    expect(await setRole(cast.owner, id, cast.outsider, 'admin')).toBe('NOT_FOUND');
    expect(await setRole(cast.outsider, id, cast.a, 'admin')).toBe('NOT_FOUND');
    expect(await setRole(cast.owner, id, cast.a, 'owner' as never)).toBe('BAD_INPUT');
    expect([await setRole(cast.owner, id, cast.a, 'admin'), await setRole(cast.owner, id, cast.a, 'admin')]).toEqual(['done', 'done']);
    expect(await get(cast.a, id)).toMatchObject({ myRole: 'admin' });
    expect(await setRole(cast.owner, id, cast.a, 'member')).toBe('done');
    expect((await get(cast.a, id)).myRole).toBe('member');
  });

  test.each([
    ['owner', 'NOT_OWNER', 'NOT_OWNER', 'NOT_OWNER'],
    ['admins', 'done', 'NOT_ADMIN', 'NOT_ADMIN'],
    ['members', 'done', 'done', 'NOT_ADMIN'],
  ] as const)(
    'M1, M7, §2.4: addPolicy %s: an admin %s, a member %s to add and rename, %s to remove',
    async (policy, admin, member, removing) => {
      const id = await group(policy);
      const rename = (who: Person) => verdict(who.api.conversations.update({ conversationId: id, name: `by ${who.email}` }));
      const add = (who: Person) => verdict(who.api.members.add({ conversationId: id, person: cast.d.id }));
      const remove = (who: Person, whom: Person) => verdict(who.api.members.remove({ conversationId: id, userId: whom.id }));
      expect([await rename(cast.chair), await add(cast.chair), await remove(cast.chair, cast.c)]).toEqual([admin, admin, admin]);
      expect([await rename(cast.a), await add(cast.a), await remove(cast.a, cast.b)]).toEqual([member, member, removing]);
      expect(await remove(cast.chair, cast.owner)).toBe('NOT_OWNER');
      expect(await verdict(cast.chair.api.conversations.update({ conversationId: id, addPolicy: 'members' }))).toBe('NOT_OWNER');
      expect(await verdict(cast.chair.api.conversations.update({ conversationId: id, ownerId: cast.chair.id }))).toBe('NOT_OWNER');
      expect(await remove(cast.owner, cast.chair)).toBe('done');
      expect(await get(cast.owner, id)).toMatchObject({ addPolicy: policy, owner: { id: cast.owner.id } });
    },
  );

  test('M9: a transfer leaves one owner, and the one before can do nothing more', async () => {
    const id = await group();
    const transfer = (by: Person, ownerId: string) =>
      verdict(by.api.conversations.update({ conversationId: id, ownerId, name: 'Handed over' }));
    expect([await transfer(cast.owner, cast.outsider.id), await transfer(cast.owner, cast.owner.id)]).toEqual(['NOT_FOUND', 'done']);
    const both = await Promise.all([transfer(cast.owner, cast.a.id), transfer(cast.owner, cast.b.id)]);
    expect(both.sort()).toEqual(['NOT_OWNER', 'done']);
    const { members, owner } = await get(cast.c, id);
    expect(members.filter((m) => m.role === 'owner').map((m) => m.user.id)).toEqual([owner?.id]);
    expect((await get(cast.owner, id)).myRole).toBe('member');
    expect(await transfer(cast.owner, cast.owner.id)).toBe('NOT_OWNER');
  });

  test('M9: when the owner leaves, an admin comes before who serves longer', async () => {
    const { id } = await cast.world.group(cast.owner, [cast.a, cast.b]);
    await cast.owner.api.members.add({ conversationId: id, person: cast.chair.id });
    await cast.owner.api.members.setRole({ conversationId: id, userId: cast.chair.id, role: 'admin' });
    await cast.owner.api.conversations.leave({ conversationId: id });
    expect((await get(cast.a, id)).owner?.id).toBe(cast.chair.id);
  });

  test('M7: the seats that somebody kept for others go with them when they are removed', async () => {
    const id = await group('members');
    await cast.a.api.members.add({ conversationId: id, person: 'kept@example.org' });
    expect((await get(cast.owner, id)).seats).toBe(6);
    await cast.owner.api.members.remove({ conversationId: id, userId: cast.a.id });
    expect((await get(cast.owner, id)).seats).toBe(4);
  });
});
