import { bytesOf } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

eachDatabase('who is in a group', (dialect: Dialect) => {
  const cast = createCast(dialect, ['owner', 'a', 'b', 'c', 'outsider']);
  const group = (others = [cast.a, cast.b]) => cast.world.group(cast.owner, others);
  const eventsOf = async (stream: string) => (await cast.world.services.log.everything(0, 100_000)).filter((e) => e.stream === stream);
  const get = (who: typeof cast.owner, conversationId: string) => who.api.conversations.get({ conversationId });

  test('M1: only the owner adds, removes and renames', async () => {
    const { id } = await group();
    const asMember = [
      cast.a.api.members.add({ conversationId: id, person: cast.c.email }),
      cast.a.api.members.remove({ conversationId: id, userId: cast.b.id }),
      cast.a.api.conversations.update({ conversationId: id, name: 'Mine' }),
    ];
    expect(await Promise.all(asMember.map(verdict))).toEqual(['NOT_OWNER', 'NOT_OWNER', 'NOT_OWNER']);
    const asStranger = [
      cast.outsider.api.members.add({ conversationId: id, person: cast.c.email }),
      cast.outsider.api.members.remove({ conversationId: id, userId: cast.b.id }),
      cast.outsider.api.conversations.update({ conversationId: id, name: 'Mine' }),
      cast.outsider.api.members.list({ conversationId: id }),
    ];
    expect(await Promise.all(asStranger.map(verdict))).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    expect(await get(cast.owner, id)).toMatchObject({ name: 'Whānau', seats: 3 });
  });

  test('M3: adding who is in already changes nothing and says so', async () => {
    const { id } = await group();
    const before = await eventsOf(id);
    for (const person of [cast.a.email, cast.a.id, cast.owner.id]) {
      expect((await cast.owner.api.members.add({ conversationId: id, person })).status).toBe('alreadyMember');
    }
    expect(await eventsOf(id)).toEqual(before);
  });

  test('M4: a direct chat takes nobody in and nobody is removed from it, whoever asks', async () => {
    const { id } = await cast.world.direct(cast.owner, cast.a);
    expect(await verdict(cast.a.api.members.add({ conversationId: id, person: cast.b.email }))).toBe('DIRECT_IMMUTABLE');
    expect(await verdict(cast.owner.api.members.remove({ conversationId: id, userId: cast.a.id }))).toBe('DIRECT_IMMUTABLE');
    expect(await verdict(cast.owner.api.conversations.update({ conversationId: id, name: 'Us' }))).toBe('DIRECT_IMMUTABLE');
    expect(await verdict(cast.outsider.api.members.add({ conversationId: id, person: cast.b.email }))).toBe('NOT_FOUND');
  });

  test('M5: who is added sees from their own joining on, nothing before', async () => {
    const { id } = await group();
    await cast.a.api.messages.post({ conversationId: id, text: 'before' });
    await cast.owner.api.members.add({ conversationId: id, person: cast.c.email });
    const joining = (await eventsOf(id)).findLast((e) => e.type === 'member.added');
    const after = (await cast.a.api.messages.post({ conversationId: id, text: 'after' })).message;
    expect((await cast.c.api.messages.list({ conversationId: id })).items.map((m) => m.text)).toEqual(['after']);
    const span = await cast.world.db.read.selectFrom('span').select(['from_seq', 'user_id']).where('from_seq', '>', 1).execute();
    expect(span.map((s) => Number(s.from_seq))).toContain(joining?.seq);
    expect(after.seq).toBe((joining?.seq ?? 0) + 1);
  });

  test('M6: an owner cannot remove below three seats; anyone may leave below them', async () => {
    const { id } = await group();
    expect(await verdict(cast.owner.api.members.remove({ conversationId: id, userId: cast.a.id }))).toBe('GROUP_MIN_MEMBERS');
    expect((await get(cast.owner, id)).seats).toBe(3);
    await cast.a.api.conversations.leave({ conversationId: id });
    await cast.b.api.conversations.leave({ conversationId: id });
    await cast.b.api.conversations.leave({ conversationId: id }); // twice is no mistake
    expect(await get(cast.owner, id)).toMatchObject({ seats: 1, state: 'underfull' });
    expect((await cast.owner.api.members.add({ conversationId: id, person: cast.c.id })).conversation.state).toBe('open');
  });

  test('M6: what an update takes and gives is counted together, all of it or none', async () => {
    const { id } = await group();
    const swapped = await cast.owner.api.conversations.update({
      conversationId: id,
      add: [cast.c.email],
      remove: [cast.a.id],
      name: 'Swapped',
    });
    expect(swapped).toMatchObject({ name: 'Swapped', seats: 3 });
    const refused = cast.owner.api.conversations.update({ conversationId: id, name: 'Never', remove: [cast.owner.id] });
    expect(await verdict(refused)).toBe('OWNER_STAYS');
    expect((await get(cast.owner, id)).name).toBe('Swapped');
  });

  test('M7: who is removed is out at once, hears of it once, and can be added again', async () => {
    const { id } = await group([cast.a, cast.b, cast.c]);
    await cast.owner.api.members.remove({ conversationId: id, userId: cast.c.id });
    const calls = [
      get(cast.c, id),
      cast.c.api.messages.list({ conversationId: id }),
      cast.c.api.messages.post({ conversationId: id, text: 'still here' }),
      cast.c.api.members.list({ conversationId: id }),
      cast.c.api.reads.mark({ conversationId: id, seq: 1 }),
    ];
    expect(new Set(await Promise.all(calls.map(verdict)))).toEqual(new Set(['NOT_FOUND']));
    expect((await cast.c.api.conversations.list({})).items.some((c) => c.id === id)).toBe(false);
    expect((await eventsOf(cast.c.id)).filter((e) => e.type === 'you.removed' && e.subject === id)).toHaveLength(1);
    expect((await cast.owner.api.members.add({ conversationId: id, person: cast.c.id })).status).toBe('added');
  });

  test('M7: removing who is out already is no mistake; removing a stranger is', async () => {
    const { id } = await group([cast.a, cast.b, cast.c]);
    const remove = (userId: string) => verdict(cast.owner.api.members.remove({ conversationId: id, userId }));
    expect(await Promise.all([remove(cast.c.id), remove(cast.c.id)])).toEqual(['done', 'done']);
    expect(await remove(cast.outsider.id)).toBe('NOT_FOUND');
    expect((await eventsOf(id)).filter((e) => e.type === 'member.removed')).toHaveLength(1);
  });

  test('M9: when the owner leaves, the longest-serving takes over, and there is one owner', async () => {
    const { id } = await group();
    await cast.owner.api.members.add({ conversationId: id, person: cast.c.id });
    await cast.a.api.conversations.leave({ conversationId: id });
    await cast.owner.api.members.add({ conversationId: id, person: cast.a.id }); // back, and last in the line
    await cast.owner.api.conversations.leave({ conversationId: id });
    const view = await get(cast.a, id);
    expect(view.owner?.id).toBe(cast.b.id);
    expect(view.members.filter((m) => m.role === 'owner').map((m) => m.user.id)).toEqual([cast.b.id]);
    expect((await get(cast.b, id)).myRole).toBe('owner');
    expect((await eventsOf(id)).findLast((e) => e.type === 'owner.changed')).toMatchObject({ subject: cast.b.id });
    expect(await verdict(cast.b.api.conversations.update({ conversationId: id, name: 'Ours' }))).toBe('done');
  });

  test('M9: with nobody left the group is closed and nobody sees it', async () => {
    const { id } = await group();
    for (const who of [cast.a, cast.b, cast.owner]) await who.api.conversations.leave({ conversationId: id });
    const calls = [cast.owner, cast.a, cast.outsider].map((who) => verdict(get(who, id)));
    expect(await Promise.all(calls)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    const row = await cast.world.db.read
      .selectFrom('conversation')
      .select('closed_at')
      .where('id', '=', bytesOf(id))
      .executeTakeFirstOrThrow();
    expect(row.closed_at).not.toBeNull();
  });

  test('M9: owner and heir who leave at the same time leave one owner', async () => {
    const { id } = await group([cast.a, cast.b, cast.c]);
    await Promise.all([cast.owner, cast.a].map((who) => who.api.conversations.leave({ conversationId: id })));
    const view = await get(cast.b, id);
    expect(view.members.filter((m) => m.role === 'owner')).toHaveLength(1);
    expect(view.owner?.id).toBe(view.members.find((m) => m.role === 'owner')?.user.id);
  });
});
