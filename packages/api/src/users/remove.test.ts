import { bytesOf } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import { createWorld, type Person } from '../test/world.ts';

eachDatabase('deleting an account', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'a', 'b', 'c']); // the first is the admin
  let made = 0;
  const someone = () => cast.world.person(`gone${made++}`);
  const passwordOf = (who: Person) => `correct horse ${who.email.split('@')[0]}`;
  const remove = (who: Person, eraseMessages = false) => who.api.users.deleteMe({ password: passwordOf(who), eraseMessages });
  const settled = async (who: Person, eraseMessages = false) => {
    await remove(who, eraseMessages);
    await cast.world.services.jobs.idle();
  };
  const eventsOf = async (stream: string) => (await cast.world.services.log.everything(0, 100_000)).filter((e) => e.stream === stream);

  test('U1: a wrong password deletes nothing', async () => {
    const who = await someone();
    expect(await verdict(who.api.users.deleteMe({ password: 'something else' }))).toBe('PASSWORD_WRONG');
    expect(await who.api.users.me()).toMatchObject({ email: who.email });
  });

  test('U1, P2: the last admin stays; with another one there, they may go, and of two at once one stays', async () => {
    expect(await verdict(cast.root.api.users.deleteMe({ password: 'correct horse root' }))).toBe('LAST_ADMIN');
    await using world = await createWorld(dialect);
    const [root, second] = await world.people('root', 'second');
    await root.api.admin.updateUser({ userId: second.id, role: 'admin' });
    const verdicts = await Promise.all([root, second].map((who) => verdict(remove(who))));
    expect(verdicts.toSorted()).toEqual(['LAST_ADMIN', 'done']);
    expect(world.faults).toEqual([]);
  });

  test('U2, U3: every session ends, the row keeps nothing of the person, and the address may begin anew', async () => {
    const who = await someone();
    const { token } = await cast.world.anonymous.auth.signIn({ email: who.email, password: passwordOf(who) });
    const { username } = await who.api.users.updateMe({ name: 'Aroha Secret', bio: 'my secret', username: 'aroha.secret' });
    const { id } = await cast.world.direct(who, cast.a);
    await settled(who);
    for (const t of [who.token, token]) expect(await cast.world.sessions.authenticate(t)).toBeNull();
    const row = await cast.world.db.read.selectFrom('user').selectAll().where('id', '=', bytesOf(who.id)).executeTakeFirstOrThrow();
    expect({ name: row.name, bio: row.bio, email: row.email, hash: row.password_hash, avatar: row.avatar_id }).toEqual({
      name: '',
      bio: '',
      email: null,
      hash: '',
      avatar: null,
    });
    const dump =
      JSON.stringify(await cast.world.db.read.selectFrom('user_word').selectAll().execute()) +
      JSON.stringify(Object.values(row).map(String));
    expect(dump).not.toMatch(/aroha|secret/);
    expect(await cast.a.api.users.get({ userId: who.id })).toMatchObject({ name: 'Deleted user', bio: '' });
    expect((await cast.a.api.users.list({ query: 'aroha' })).items).toEqual([]);
    expect(await verdict(cast.world.anonymous.auth.signIn({ email: who.email, password: passwordOf(who) }))).toBe('SIGN_IN_FAILED');

    const again = await cast.world.person(who.email.split('@')[0] ?? '');
    expect(again.id).not.toBe(who.id);
    expect((await again.api.conversations.list({})).items).toEqual([]);
    expect(await verdict(again.api.conversations.get({ conversationId: id }))).toBe('NOT_FOUND');
    for (const taken of [username, 'aroha.5ecret', 'aroha.secret']) {
      const verdictOf = await verdict(again.api.users.updateMe({ username: taken }));
      expect(verdictOf, taken).toBe(taken.includes('5') ? 'done' : 'USERNAME_TAKEN');
    }
  });

  test('U1, U3, K6: it is written down once, by id, with who and whence; nowhere in the audit is the name, username or e-mail', async () => {
    const who = await someone();
    await who.api.users.updateMe({ name: 'Ngaio Hidden', username: 'ngaio.hidden' });
    expect(await verdict(who.api.users.deleteMe({ password: 'something else' }))).toBe('PASSWORD_WRONG');
    cast.world.clock.now += 1_000;
    const verdicts = await Promise.all([remove(who, true), remove(who, true)].map(verdict));
    expect(verdicts).toContain('done');
    await cast.world.services.jobs.idle();
    const rows = await cast.world.db.read.selectFrom('audit').selectAll().where('target_id', '=', bytesOf(who.id)).execute();
    expect(rows.map((row) => [row.action, row.actor_id])).toEqual([['user.deleted', bytesOf(who.id)]]);
    const { items } = await cast.root.api.admin.audit({ only: 'acts', limit: 100 });
    expect(items.find((entry) => entry.targetId === who.id)).toMatchObject({
      action: 'user.deleted',
      actor: { id: who.id, name: 'Deleted user' },
      detail: { erased: true },
      address: '203.0.113.7',
      at: new Date(cast.world.clock.now).toISOString(),
    });
    const said = JSON.stringify([items, await cast.root.api.admin.audit({ limit: 100 })]);
    const kept = await cast.world.db.read.selectFrom('audit').select(['detail', 'address']).execute();
    for (const trace of [who.email, 'ngaio', 'Ngaio', 'Hidden', 'hidden']) expect(said + JSON.stringify(kept)).not.toContain(trace);
  });

  test('U4, U5: the direct chat stays with the other, whole, under “Deleted user”, and nobody can write there', async () => {
    const who = await someone();
    const { id } = await cast.world.direct(who, cast.a);
    await who.api.messages.post({ conversationId: id, text: 'mine' });
    const before = await cast.a.api.conversations.get({ conversationId: id });
    await settled(who);
    const view = await cast.a.api.conversations.get({ conversationId: id });
    expect(view.members.map((m) => m.user.id)).toEqual(before.members.map((m) => m.user.id));
    expect(view.members.find((m) => m.user.id === who.id)?.user.name).toBe('Deleted user');
    expect(view.lastMessage).toMatchObject({ text: 'mine', author: { name: 'Deleted user' } });
    expect(view.state).toBe('underfull');
    expect(await verdict(cast.a.api.messages.post({ conversationId: id, text: 'hello?' }))).toBe('PEER_GONE');
  });

  test('U5, M9: groups go on without them: the heir owns, the others may talk, kept seats are freed', async () => {
    const who = await someone();
    const group = await cast.world.group(who, [cast.a, cast.b]);
    await who.api.members.add({ conversationId: group.id, person: 'waiting@example.org' });
    await who.api.messages.post({ conversationId: group.id, text: 'mine' });
    await settled(who);
    const view = await cast.a.api.conversations.get({ conversationId: group.id });
    expect(view.members.map((m) => m.user.id)).not.toContain(who.id);
    expect(view).toMatchObject({ seats: 2, state: 'open' });
    expect([cast.a.id, cast.b.id]).toContain(view.owner?.id);
    expect((await cast.a.api.messages.list({ conversationId: group.id })).items.map((m) => [m.text, m.author.name])).toEqual([
      ['mine', 'Deleted user'],
    ]);
    const span = await cast.world.db.read
      .selectFrom('span')
      .select(['open', 'end_reason'])
      .where('user_id', '=', bytesOf(who.id))
      .execute();
    expect(span).toEqual([{ open: null, end_reason: 'deleted' }]);
    await cast.a.api.conversations.leave({ conversationId: group.id });
    expect(await cast.b.api.conversations.get({ conversationId: group.id })).toMatchObject({ state: 'underfull' });
  });

  test('U5: more conversations than one step takes; each hears it once, and nobody can add them again', async () => {
    const who = await someone();
    const ids: string[] = [];
    for (let i = 0; i < 25; i++) ids.push((await cast.world.group(cast.a, [cast.b, who], `G${i}`)).id);
    await settled(who);
    for (const id of ids) {
      const events = (await eventsOf(id)).filter((e) => e.subject === who.id && e.type !== 'member.added').map((e) => e.type);
      expect(events).toEqual(['member.left', 'member.changed']);
    }
    expect(await verdict(cast.a.api.members.add({ conversationId: ids[0] ?? '', person: who.id }))).not.toBe('done');
    expect(await cast.world.db.read.selectFrom('job').selectAll().where('kind', '=', 'account.depart').execute()).toEqual([]);
  });

  test('U6: contacts, follows, blocks and refusals go from both sides, and open links with them', async () => {
    const who = await someone();
    const [me, other] = [bytesOf(who.id), bytesOf(cast.a.id)];
    const em = cast.world.db.orm.em.fork();
    const insert = (table: string, columns: string, values: unknown[]) =>
      em.execute(`insert into \`${table}\` (${columns}) values (${values.map(() => '?').join(',')})`, values as never);
    for (const [x, y] of [
      [me, other],
      [other, me],
    ] as const) {
      await insert('contact', 'user_id, other_id, state, created_at', [x, y, 'accepted', 1]);
      await insert('follow', 'follower_id, followed_id, created_at', [x, y, 1]);
      await insert('block', 'blocker_id, blocked_id, created_at', [x, y, 1]);
      await insert('refusal', 'user_id, target_id, target, created_at', [x, y, 'person', 1]);
    }
    await insert('block', 'blocker_id, blocked_id, created_at', [other, bytesOf(cast.b.id), 1]); // somebody else's stays
    await who.api.conversations.create({ kind: 'direct', person: 'unknown@example.org' }).catch(() => null);
    await settled(who);
    const { read } = cast.world.db;
    expect(await read.selectFrom('contact').select('state').execute()).toEqual([]);
    expect(await read.selectFrom('follow').select('created_at').execute()).toEqual([]);
    expect(await read.selectFrom('refusal').select('target').execute()).toEqual([]);
    expect(await read.selectFrom('block').select('created_at').execute()).toHaveLength(1);
    expect(await read.selectFrom('invitation').select('id').where('inviter_id', '=', me).where('open', '=', 1).execute()).toEqual([]);
    await em.execute('delete from `block`');
  });

  test('U4: with eraseMessages everything they wrote becomes a tombstone, also where they had left; the rest stays', async () => {
    const who = await someone();
    const group = await cast.world.group(cast.a, [cast.b, who]);
    const direct = await cast.world.direct(who, cast.a);
    const say = (by: Person, conversationId: string, text: string) => by.api.messages.post({ conversationId, text });
    for (let i = 0; i < 120; i++) await say(who, group.id, `secret ${i}`);
    await say(cast.a, group.id, 'not theirs');
    await say(who, direct.id, 'secret too');
    await who.api.conversations.leave({ conversationId: group.id });
    await settled(who, true);
    const left = await cast.world.db.read
      .selectFrom('message')
      .select(['text', 'deleted_at'])
      .where('author_id', '=', bytesOf(who.id))
      .execute();
    expect(left.filter((m) => m.text !== null || m.deleted_at === null)).toEqual([]);
    expect(left).toHaveLength(121);
    const { items } = await cast.a.api.messages.list({ conversationId: group.id, limit: 2 });
    expect(items.map((m) => [m.text, m.deleted])).toEqual([
      ['not theirs', false],
      [null, true],
    ]);
    const told = (await eventsOf(group.id)).filter((e) => e.type === 'message.deleted');
    expect(told).toHaveLength(120);
    const counted = await cast.world.db.read.selectFrom('counter').select('messages').where('author_id', '=', bytesOf(who.id)).execute();
    expect(counted.reduce((sum, c) => sum + Number(c.messages), 0)).toBe(0);
  });

  test('U6: their likes and reactions are taken back, and those who see the message hear of it', async () => {
    const who = await someone();
    const group = await cast.world.group(cast.a, [cast.b, who]);
    const { message } = await cast.a.api.messages.post({ conversationId: group.id, text: 'like me' });
    for (const person of [who, cast.b]) await person.api.reactions.like({ messageId: message.id });
    await who.api.reactions.add({ messageId: message.id, emoji: '🥝' });
    await settled(who);
    expect(await cast.a.api.messages.get({ messageId: message.id })).toMatchObject({ likeCount: 1, reactions: [] });
    expect((await eventsOf(group.id)).filter((e) => e.type === 'reaction.removed')).toHaveLength(2);
  });
});
