import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { tally, verdict } from '../test/refused.ts';
import { createWorld } from '../test/world.ts';

const names = ['admin', 'owner', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'p9', 'p10'] as const;

eachDatabase('starting a chat', (dialect: Dialect) => {
  const cast = createCast(dialect, names);
  const others = (n: number) => names.slice(2, 2 + n).map((name) => cast[name]);
  const create = (people: string[]) => cast.owner.api.conversations.create({ kind: 'group', people });
  const group = async (people: string[]) => {
    const made = await create(people);
    if (made.status !== 'created') throw new Error('A group is created.');
    return made.conversation;
  };
  const rows = async () => (await cast.world.db.read.selectFrom('conversation').select('id').execute()).length;
  const usernameOf = async (name: 'p1' | 'p2') => (await cast[name].api.users.me()).username;

  test('C1: ids, usernames and addresses of one person, in any case and twice, are one seat', async () => {
    const made = await group([
      cast.p1.email,
      cast.p1.email.toUpperCase(),
      cast.p1.id,
      cast.p1.id.toUpperCase(),
      `@${await usernameOf('p1')}`,
      ` ${cast.p2.email} `,
      cast.p2.email,
    ]);
    expect(made.members.map((m) => m.user.id).sort()).toEqual([cast.owner.id, cast.p1.id, cast.p2.id].sort());
    const pending = await group(['Nobody@example.nz', 'nobody@EXAMPLE.nz', cast.p1.id]);
    expect(pending).toMatchObject({ seats: 3, pending: [{ email: 'nobody@example.nz' }] });
  });

  test('C1: an unknown username or id makes nothing, and what names nobody at all is told with its place', async () => {
    const before = await rows();
    expect(await verdict(create([cast.p1.id, '@no-such-one-0000']))).toBe('NOT_FOUND');
    expect(await verdict(create([cast.p1.id, crypto.randomUUID()]))).toBe('NOT_FOUND');
    await expect(create([cast.p1.id, 'just words'])).rejects.toMatchObject({
      cause: { code: 'BAD_INPUT', info: { fields: { 'people.1': expect.any(String) } } },
    });
    expect(await rows()).toBe(before);
  });

  test('C2: naming myself in a group is no mistake; a direct chat with myself is CANNOT_ADD_SELF', async () => {
    expect((await group([cast.owner.email, cast.owner.id, cast.p1.id, cast.p2.id])).seats).toBe(3);
    for (const person of [cast.owner.email, cast.owner.id, cast.owner.email.toUpperCase()]) {
      expect(await verdict(cast.owner.api.conversations.create({ kind: 'direct', person }))).toBe('CANNOT_ADD_SELF');
    }
  });

  test('C3: fifty creates of one pair from both sides make one direct chat: one is told created, forty-nine existing', async () => {
    await using world = await createWorld(dialect);
    const [anahera, bea] = await world.people('anahera', 'bea');
    const create = (i: number) =>
      (i % 2 ? anahera : bea).api.conversations.create({ kind: 'direct', person: (i % 2 ? bea : anahera).email });
    const made = await Promise.all(Array.from({ length: 50 }, (_, i) => create(i)));
    expect(tally(made.map((m) => m.status))).toEqual({ created: 1, existing: 49 });
    expect(new Set(made.map((m) => (m.status === 'pending' ? '' : m.conversation.id))).size).toBe(1);
    expect(await world.db.read.selectFrom('conversation').select('id').execute()).toHaveLength(1);
    expect(await world.db.read.selectFrom('span').select('user_id').execute()).toHaveLength(2);
    expect(world.faults).toEqual([]);
  });

  test('C5: a group of two or of one is GROUP_TOO_SMALL, a direct chat is suggested for two, and nothing is made', async () => {
    const before = await rows();
    await expect(create([cast.p1.id])).rejects.toMatchObject({
      cause: { code: 'GROUP_TOO_SMALL', info: { details: { suggest: 'direct' } } },
    });
    await expect(create([cast.p1.id, cast.p1.email, cast.owner.id])).rejects.toMatchObject({ cause: { code: 'GROUP_TOO_SMALL' } });
    expect(await verdict(create([]))).toBe('GROUP_TOO_SMALL');
    expect(await verdict(create([cast.owner.id]))).toBe('GROUP_TOO_SMALL');
    expect(await verdict(create(['only.me@example.org']))).toBe('GROUP_TOO_SMALL');
    expect(await rows()).toBe(before);
  });

  test('C6: three and ten seats are a group, eleven are GROUP_FULL, invited ones counted', async () => {
    expect((await group(others(2).map((p) => p.id))).seats).toBe(3);
    expect((await group(others(9).map((p) => p.id))).seats).toBe(10);
    const before = await rows();
    expect(await verdict(create(others(10).map((p) => p.id)))).toBe('GROUP_FULL');
    expect(await verdict(create([...others(9).map((p) => p.id), 'eleventh@example.org']))).toBe('GROUP_FULL');
    expect(await rows()).toBe(before);
    expect((await group([...others(8).map((p) => p.id), 'tenth@example.org'])).seats).toBe(10);
  });

  test('a group begins with its creator as owner, everyone told, and the whole of it visible to all', async () => {
    const made = await cast.world.group(cast.owner, [cast.p1, cast.p2], '  Te   Whānau  ');
    expect(made).toMatchObject({
      kind: 'group',
      name: 'Te Whānau',
      owner: { id: cast.owner.id },
      myRole: 'owner',
      state: 'open',
      unreadCount: 0,
      lastMessage: null,
    });
    expect((await cast.p1.api.conversations.list({})).items.map((c) => c.id)).toContain(made.id);
    expect(JSON.stringify(made)).not.toContain('@example.nz');
  });

  test('P1: the admin of the instance cannot see a chat they are not in, by any door', async () => {
    expect((await cast.admin.api.users.me()).role).toBe('admin');
    const { id } = await cast.world.group(cast.owner, [cast.p1, cast.p2]);
    const direct = await cast.world.direct(cast.owner, cast.p1);
    for (const conversationId of [id, direct.id]) {
      const { message } = await cast.p1.api.messages.post({ conversationId, text: 'between us' });
      const doors = [
        cast.admin.api.conversations.get({ conversationId }),
        cast.admin.api.messages.list({ conversationId }),
        cast.admin.api.messages.get({ messageId: message.id }),
        cast.admin.api.messages.post({ conversationId, text: 'hello' }),
        cast.admin.api.members.list({ conversationId }),
        cast.admin.api.members.add({ conversationId, person: cast.admin.id }),
        cast.admin.api.conversations.update({ conversationId, name: 'Seen' }),
        cast.admin.api.conversations.leave({ conversationId }),
        cast.admin.api.reads.mark({ conversationId, seq: 1 }),
      ];
      expect(new Set(await Promise.all(doors.map(verdict)))).toEqual(new Set(['NOT_FOUND']));
    }
    expect((await cast.admin.api.conversations.list({})).items).toEqual([]);
  });
});
